import { html, type PropertyValues } from 'lit';
import type { FilterOptions, MetricsResponse } from '../../../../backend/contracts/analytics.ts';
import type { Panel } from '../../../../backend/contracts/dashboards.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import type { FormValues } from '../../parts/fields.ts';
import { Loader } from '../../parts/loader.ts';
import { problemText } from '../../parts/problems.ts';
import { banner } from '../../parts/states.ts';
import { knownValues } from '../../records/references.ts';
import { t } from '../../text.ts';
import { type PanelChoices, panelFields, panelFrom, panelKinds, panelValues } from './panel-fields.ts';

/** Says what a panel shows: a new one, or one that is there. */
export class ConsolePanelDialog extends ConsoleElement {
  static override properties = {
    panel: { attribute: false },
    isOpen: { attribute: false },
    newId: { attribute: false },
    onClose: { attribute: false },
    onChosen: { attribute: false },
    kind: { state: true },
  };

  /** The panel to change; null: a new one. */
  declare panel: Panel | null;
  declare isOpen: boolean;
  /** Gives an id to a new panel. */
  declare newId: (kind: Panel['kind']) => string;
  declare onClose: () => void;
  declare onChosen: (panel: Panel) => void;
  declare protected kind: Panel['kind'];
  readonly #choices = new Loader<PanelChoices>(this);

  constructor() {
    super();
    this.kind = 'chart';
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.isOpen || !changed.has('isOpen')) return;
    this.kind = this.panel?.kind ?? 'chart';
    if (this.#choices.data) return;
    void this.#choices.load(async (signal) => {
      const [{ items }, values]: [MetricsResponse, FilterOptions] = await Promise.all([
        this.app.api.get<MetricsResponse>('analytics/metrics', {}, { signal }),
        knownValues(this.app),
      ]);
      return { metrics: items, custom: values.custom };
    });
  }

  readonly #save = async (body: FormValues): Promise<void> => {
    const id = this.panel?.id ?? this.newId(this.kind);
    this.onChosen(panelFrom(this.kind, id, this.panel, body));
  };

  protected override render() {
    const { state } = this.#choices;
    const choices = state.data ?? { metrics: [], custom: [] };
    const kinds = html`<label class="field"><span>${t('dashboard.panel.kind')}</span>
        <select @change=${(event: Event) => {
          this.kind = (event.target as HTMLSelectElement).value as Panel['kind'];
        }}>${panelKinds.map((kind) => html`<option value=${kind} .selected=${kind === this.kind}>${t(`dashboard.panel.kind.${kind}`)}</option>`)}</select></label>
      ${state.kind === 'error' ? banner('error', html`<p>${problemText(state.error)}</p>`) : ''}`;
    return html`<salespulse-console-form-dialog .app=${this.app} .isOpen=${this.isOpen} .onClose=${this.onClose} .intro=${kinds}
      .heading=${t(this.panel ? 'dashboard.panel.change' : 'dashboard.addPanel')} .fields=${panelFields(this.kind, choices)}
      .values=${this.#values} .save=${this.#save} .submitLabel=${t('dashboard.panel.use')}></salespulse-console-form-dialog>`;
  }

  /** The same object while it is about the same panel: what was typed stays. */
  get #values(): FormValues {
    if (this.#started?.of !== this.panel) this.#started = { of: this.panel, values: panelValues(this.panel) };
    return this.#started.values;
  }

  #started: { of: Panel | null; values: FormValues } | undefined;
}
