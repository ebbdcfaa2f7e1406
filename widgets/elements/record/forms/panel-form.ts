import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { ApiError } from '../../../base/api.ts';
import { SalesPulseElement } from '../../../base/element.ts';
import { errorText } from '../../../base/states.ts';
import { controls } from '../../../styles/controls.ts';
import { formStyles } from '../timeline/activity-form.styles.ts';
import { formsMessages } from './forms.messages.ts';

/** What a form refuses by itself: the text, and the input it is about. */
export interface Refusal {
  text: string;
  input: string;
}

/** A form of the panel: sends what was typed, keeps it when that is refused, and says why. */
export abstract class PanelForm extends SalesPulseElement {
  static override properties: PropertyDeclarations = {
    path: { attribute: false },
    done: { attribute: false },
    cancel: { attribute: false },
    problem: { state: true },
    isBusy: { state: true },
  };
  static override styles = [SalesPulseElement.styles, controls, formStyles];
  static override messages = formsMessages;

  /** API path of the record, such as `leads/ID`. */
  declare path: string;
  /** Called once it is saved. */
  declare done: () => void;
  declare cancel: () => void;
  declare problem: Refusal | null;
  declare isBusy: boolean;
  /** Repeating a request that was answered too late makes nothing twice. */
  protected readonly key = crypto.randomUUID();

  constructor() {
    super();
    this.path = '';
    this.problem = null;
    this.isBusy = false;
  }

  protected abstract get label(): string;
  protected abstract get action(): string;
  protected abstract inputs(): TemplateResult;
  protected abstract check(form: FormData): Refusal | null;
  /** Answers false where the person thought better of it. */
  protected abstract send(form: FormData): Promise<boolean>;

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  protected override render(): TemplateResult {
    return html`<form novalidate @submit=${this.#submit} aria-label=${this.label}>
      ${this.inputs()}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem.text}</p>` : nothing}
      <p class="buttons">
        <button type="button" @click=${this.cancel} ?disabled=${this.isBusy}>${this.t('form.cancel')}</button>
        <button type="submit" class="primary" ?disabled=${this.isBusy}>${this.action}</button>
      </p>
    </form>`;
  }

  /** `aria-invalid` of an input. */
  protected invalid(input: string): 'true' | typeof nothing {
    return this.problem?.input === input ? 'true' : nothing;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    const form = new FormData(event.target as HTMLFormElement);
    this.problem = this.check(form);
    if (this.problem === null) await this.#save(form);
    const { problem } = this;
    if (problem === null) return;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[name="${problem.input}"]`)?.focus();
  };

  async #save(form: FormData): Promise<void> {
    this.isBusy = true;
    try {
      if (await this.send(form)) this.done();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const isTold = [403, 409, 422].includes(error.status);
      const [first] = error.errors;
      this.problem = {
        text: isTold ? error.detail : errorText(this, error),
        input: first?.pointer.split('/').at(-1) ?? '',
      };
    } finally {
      this.isBusy = false;
    }
  }
}

/** What stands in an input, without the blanks around it. */
export const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
