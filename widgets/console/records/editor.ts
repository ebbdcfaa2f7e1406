import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { html, nothing, type TemplateResult } from 'lit';
import { ApiError } from '../../base/api.ts';
import type { App } from '../app.ts';
import { bodyOf, changesBetween, type Field, type FormValues } from '../parts/fields.ts';
import { banner } from '../parts/states.ts';
import { t } from '../text.ts';

/** A record as far as editing needs to know it. */
interface Versioned {
  id: string;
  version: number;
}

export interface EditorOptions<T extends Versioned> {
  app: () => App;
  /** API path of the list the record is in, such as `leads`. */
  path: () => string;
  fields: () => readonly Field[];
  values: (record: T) => FormValues;
  saved: (record: T) => void;
}

/**
 * Edits one record: sends only what was changed, against the version it was read at. When somebody else was faster,
 * what was typed stays and the person decides: save over it, or take what is saved now.
 */
export class RecordEditor<T extends Versioned> implements ReactiveController {
  /** The record as it was when editing began; null while not editing. */
  original: T | null = null;
  #latest: T | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #options: EditorOptions<T>;

  constructor(host: ReactiveControllerHost, options: EditorOptions<T>) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  // Nothing to do: the interface asks for at least one of its methods.
  hostConnected(): void {}

  start(record: T): void {
    this.original = record;
    this.#latest = null;
    this.#host.requestUpdate();
  }

  readonly stop = (): void => {
    this.original = null;
    this.#latest = null;
    this.#host.requestUpdate();
  };

  /** The form; nothing while not editing. */
  view(): TemplateResult | typeof nothing {
    const { original } = this;
    if (!original) return nothing;
    const { app, fields, values } = this.#options;
    return html`<salespulse-console-form .app=${app()} .fields=${fields()} .values=${values(original)} .save=${this.#save}
      .cancel=${this.stop} .notice=${this.#conflict()}></salespulse-console-form>`;
  }

  #conflict() {
    const latest = this.#latest;
    if (!latest) return nothing;
    return banner(
      'warning',
      html`<p>${t('record.conflict', { fields: this.#changedByOthers(latest) })}</p>
        <button type="button" class="button" @click=${() => this.#take(latest)}>${t('record.conflict.take')}</button>`,
    );
  }

  #take(latest: T): void {
    this.stop();
    this.#options.saved(latest);
  }

  #changedByOthers(latest: T): string {
    const { fields, values } = this.#options;
    if (!this.original) return '';
    const inputs = fields();
    const changed = changesBetween(bodyOf(inputs, values(this.original)), bodyOf(inputs, values(latest)));
    const labels = inputs.filter(({ name }) => name in changed).map(({ label }) => label);
    return labels.join(', ') || t('record.conflict.other');
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const { original } = this;
    if (!original) return;
    const { app, path, fields, values, saved } = this.#options;
    const changes = changesBetween(bodyOf(fields(), values(original)), body);
    if (Object.keys(changes).length === 0) {
      this.stop();
      return;
    }
    const address = `${path()}/${original.id}`;
    try {
      const version = (this.#latest ?? original).version;
      const record = await app().api.send<T>('PATCH', address, changes, { ifMatch: version });
      this.stop();
      saved(record);
      app().notify(t('record.saved'));
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 412) throw error;
      this.#latest = await app().api.get<T>(address);
      this.#host.requestUpdate();
      throw new ApiError({ status: 412, code: 'stale', detail: t('record.notSaved') }, { cause: error });
    }
  };
}
