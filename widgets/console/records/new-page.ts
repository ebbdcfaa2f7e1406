import { html, type PropertyValues } from 'lit';
import { isWanted } from '../duplicates/ask-first.ts';
import { ConsolePage } from '../parts/console-element.ts';
import { type Field, type FormValues, withoutEmpty } from '../parts/fields.ts';
import { Loader } from '../parts/loader.ts';
import { OnceKey } from '../parts/once-key.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { customDefaults, withClearedDefaults } from './custom-fields.ts';
import { loadReferences, type References } from './references.ts';

/** The form for a new record; saved, one is on its page. */
export abstract class NewRecordPage extends ConsolePage {
  readonly #references = new Loader<References>(this);
  readonly #key = new OnceKey();

  abstract get entity(): 'lead' | 'opportunity' | 'account' | 'contact';
  abstract get listPath(): string;
  protected abstract fields(references: References): Field[];
  protected abstract values(references: References): FormValues;

  get heading(): string {
    return t(`${this.entity}.new`);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated && !this.#references.data) this.#load();
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void => void this.#references.load(() => loadReferences(this.app, this.entity));

  protected override render() {
    const { state } = this.#references;
    return html`<div class="page page-narrow">
      <nav class="breadcrumb" aria-label=${t('record.path')}><a href="/${this.listPath}">${t(`nav.${this.listPath}`)}</a></nav>
      <header class="page-header"><h1 tabindex="-1">${this.heading}</h1></header>
      ${
        state.kind === 'loading'
          ? loadingState()
          : state.kind === 'error'
            ? errorState(state.error, this.#load)
            : html`<section class="card">
              <salespulse-console-form .app=${this.app} .fields=${this.fields(state.data)} .values=${{ ...customDefaults(state.data.custom), ...this.values(state.data) }} .save=${this.#save}
                .cancel=${() => this.app.navigate(`/${this.listPath}`)} .submitLabel=${t('record.create')}></salespulse-console-form>
            </section>`
      }
    </div>`;
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const record = withClearedDefaults(this.#references.data?.custom ?? [], body, withoutEmpty(body));
    if (!(await isWanted(this.app, this.entity, record))) return;
    const { id } = await this.app.api.send<{ id: string }>('POST', this.listPath, record, {
      idempotencyKey: this.#key.for(record),
    });
    this.app.notify(t('record.created', { name: String(body.name) }));
    this.app.navigate(`/${this.listPath}/${id}`, { replace: true });
  };
}
