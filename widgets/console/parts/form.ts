import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ApiError } from '../../base/api.ts';
import { t } from '../text.ts';
import { ConsoleElement } from './console-element.ts';
import { Countdown } from './countdown.ts';
import { fieldView, requiredNote } from './field-view.ts';
import { type Field, type FormValues, readForm } from './fields.ts';
import { fieldProblems, problemText } from './problems.ts';
import { banner } from './states.ts';
import { WaitError } from './wait-error.ts';

let forms = 0;

/**
 * A form over a list of fields. Calls `save` with the request body; when that is refused, the messages stand beside
 * their inputs, what was typed stays, and the first wrong input has the focus. A `WaitError` is counted down.
 */
export class ConsoleForm extends ConsoleElement {
  static override properties = {
    fields: { attribute: false },
    values: { attribute: false },
    save: { attribute: false },
    cancel: { attribute: false },
    submitLabel: { attribute: false },
    busyLabel: { attribute: false },
    needsAll: { attribute: false },
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
  declare busyLabel: string;
  /** Every input must be filled in: no stars, no note about them. */
  declare needsAll: boolean;
  /** Shown above the inputs, such as a conflict. */
  declare notice: unknown;
  declare problem: unknown;
  declare isBusy: boolean;
  readonly #prefix = `form${++forms}`;
  readonly #wait = new Countdown(this);

  constructor() {
    super();
    this.fields = [];
    this.values = {};
    this.cancel = null;
    this.submitLabel = t('form.save');
    this.busyLabel = t('form.saving');
    this.needsAll = false;
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
      ${this.problem ? this.#trouble(byField.size > 0, others) : nothing}
      ${this.needsAll ? nothing : requiredNote(this.fields)}
      <div class="form-grid">
        ${repeat(
          this.fields,
          (field) => `${field.name} ${field.kind}`,
          (field) =>
            fieldView(field, {
              value: this.values[field.name],
              problem: byField.get(field.name),
              prefix: this.#prefix,
              hasNoStar: this.needsAll,
            }),
        )}
      </div>
      <div class="form-actions">
        ${this.cancel ? html`<button type="button" class="button" @click=${this.cancel} ?disabled=${this.isBusy}>${t('form.cancel')}</button>` : nothing}
        <button type="submit" class="button button-primary" ?disabled=${this.isBusy || this.#wait.secondsLeft > 0}>${this.isBusy ? this.busyLabel : this.submitLabel}</button>
      </div>
    </form>`;
  }

  #trouble(isAboutFields: boolean, others: readonly string[]) {
    if (this.problem instanceof WaitError) {
      const { secondsLeft } = this.#wait;
      if (secondsLeft === 0) return nothing;
      // Read out once; the seconds are for the eye.
      return html`<div class="banner banner-error"><p aria-hidden="true">${t('form.wait', { count: secondsLeft })}</p>
        <p class="visually-hidden" role="alert">${t('form.wait', { count: this.problem.seconds })}</p></div>`;
    }
    const sentence = isAboutFields ? t(this.needsAll ? 'form.checkAll' : 'form.check') : problemText(this.problem);
    return banner(
      'error',
      html`<p>${sentence}</p>${isAboutFields ? others.map((text) => html`<p>${text}</p>`) : nothing}`,
    );
  }

  /** What stands in the inputs now, as a request body. */
  get body(): FormValues {
    const form = this.querySelector('form');
    return form ? readForm(new FormData(form), this.fields, this.values) : {};
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.isBusy || this.#wait.secondsLeft > 0) return;
    const body = this.body;
    const missing = this.fields.filter((field) => field.required && isMissing(field, body));
    this.problem = missing.length > 0 ? missingProblem(missing) : null;
    if (this.problem === null) await this.#send(body);
    if (this.problem !== null) {
      await this.updateComplete;
      const wrong = this.querySelector<HTMLElement>('[aria-invalid="true"]') ?? this.#emptied(body);
      if (wrong) wrong.focus();
      else this.querySelector('.banner')?.scrollIntoView({ block: 'center' });
    }
  };

  /** An input that `save` emptied, such as a wrong password: it is to be typed again. */
  #emptied(body: FormValues): HTMLInputElement | null {
    const name = this.fields.find(({ name }) => body[name] !== null && this.body[name] === null)?.name;
    return name === undefined ? null : this.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  }

  async #send(body: FormValues): Promise<void> {
    this.isBusy = true;
    try {
      await this.save(body);
    } catch (error) {
      this.problem = error;
      if (error instanceof WaitError) this.#wait.start(error.seconds);
    } finally {
      this.isBusy = false;
    }
  }
}

function isMissing(field: Field, body: FormValues): boolean {
  const custom = field.name.startsWith('custom.') ? field.name.slice(7) : null;
  const value = custom === null ? body[field.name] : (body.custom as FormValues | undefined)?.[custom];
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
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
