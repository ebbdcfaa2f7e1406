import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ApiError } from '../../base/api.ts';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';
import { fieldView, requiredNote } from './field-view.ts';
import { type Field, type FormValues, readForm } from './fields.ts';
import { fieldProblems, problemText } from './problems.ts';
import { banner } from './states.ts';

let forms = 0;

/**
 * A form over a list of fields. Calls `save` with the request body; when that is refused, the messages stand beside
 * their inputs, what was typed stays, and the first wrong input has the focus.
 */
export class ConsoleForm extends ConsoleElement {
  static override properties = {
    fields: { attribute: false },
    values: { attribute: false },
    save: { attribute: false },
    cancel: { attribute: false },
    submitLabel: { attribute: false },
    notice: { attribute: false },
    problem: { state: true },
    isBusy: { state: true },
  };

  declare fields: readonly Field[];
  /** What the inputs start with, by field name. */
  declare values: FormValues;
  /** Sends the body; rejects with the reason. A resolved promise means it is saved. */
  declare save: (body: FormValues) => Promise<void>;
  declare cancel: (() => void) | null;
  declare submitLabel: string;
  /** Shown above the inputs, such as a conflict. */
  declare notice: unknown;
  declare problem: unknown;
  declare isBusy: boolean;
  readonly #prefix = `form${++forms}`;

  constructor() {
    super();
    this.fields = [];
    this.values = {};
    this.cancel = null;
    this.submitLabel = t('form.save');
    this.notice = nothing;
    this.problem = null;
    this.isBusy = false;
  }

  protected override render() {
    const { byField, others } = fieldProblems(
      this.problem,
      this.fields.map(({ name }) => name),
    );
    return html`<form class="form" novalidate @submit=${this.#submit}>
      ${this.notice}
      ${this.problem ? banner('error', html`<p>${byField.size > 0 ? t('form.check') : problemText(this.problem)}</p>${byField.size > 0 ? others.map((text) => html`<p>${text}</p>`) : nothing}`) : nothing}
      ${requiredNote(this.fields)}
      <div class="form-grid">
        ${repeat(
          this.fields,
          (field) => `${field.name} ${field.kind}`,
          (field) =>
            fieldView(field, {
              value: this.values[field.name],
              problem: byField.get(field.name),
              prefix: this.#prefix,
            }),
        )}
      </div>
      <div class="form-actions">
        ${this.cancel ? html`<button type="button" class="button" @click=${this.cancel} ?disabled=${this.isBusy}>${t('form.cancel')}</button>` : nothing}
        <button type="submit" class="button button-primary" ?disabled=${this.isBusy}>${this.isBusy ? t('form.saving') : this.submitLabel}</button>
      </div>
    </form>`;
  }

  /** What stands in the inputs now, as a request body. */
  get body(): FormValues {
    const form = this.querySelector('form');
    return form ? readForm(new FormData(form), this.fields, this.values) : {};
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy) return;
    const body = this.body;
    const missing = this.fields.filter((field) => field.required && isMissing(field, body));
    this.problem = missing.length > 0 ? missingProblem(missing) : null;
    if (this.problem === null) await this.#send(body);
    if (this.problem !== null) {
      await this.updateComplete;
      const wrong = this.querySelector<HTMLElement>('[aria-invalid="true"]');
      if (wrong) wrong.focus();
      else this.querySelector('.banner')?.scrollIntoView({ block: 'center' });
    }
  };

  async #send(body: FormValues): Promise<void> {
    this.isBusy = true;
    try {
      await this.save(body);
    } catch (error) {
      this.problem = error;
    } finally {
      this.isBusy = false;
    }
  }
}

function isMissing(field: Field, body: FormValues): boolean {
  const custom = field.name.startsWith('custom.') ? field.name.slice(7) : null;
  const value = custom === null ? body[field.name] : (body.custom as FormValues | undefined)?.[custom];
  return value === null || value === undefined || value === '';
}

function missingProblem(fields: readonly Field[]): ApiError {
  return new ApiError({
    status: 0,
    code: 'form',
    detail: t('form.incomplete'),
    errors: fields.map((field) => ({
      pointer: `/${field.name.replaceAll('.', '/')}`,
      message: t('form.missing'),
    })),
  });
}
