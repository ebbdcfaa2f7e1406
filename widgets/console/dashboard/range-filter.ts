import { html, nothing } from 'lit';
import { parseRange, rangePresets } from '../../base/range.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { t } from '../text.ts';

/** Another range of days was chosen: a preset, or `YYYY-MM-DD/YYYY-MM-DD`. */
export class RangeChangeEvent extends Event {
  static readonly type = 'salespulse-console-range';
  readonly range: string;

  constructor(range: string) {
    super(RangeChangeEvent.type);
    this.range = range;
  }
}

/** Chooses the days the dashboard is about. */
export class ConsoleRangeFilter extends ConsoleElement {
  static override properties = { range: { attribute: false }, isCustom: { state: true }, problem: { state: true } };

  declare range: string;
  declare isCustom: boolean;
  declare problem: string | null;

  constructor() {
    super();
    this.isCustom = false;
    this.problem = null;
  }

  protected override render() {
    const isCustom = this.isCustom || this.range.includes('/');
    const { from, to } = parseRange(this.range, this.app.me.timeZone);
    return html`<label class="sort-field"><span>${t('dashboard.range')}</span>
        <select @change=${this.#chosen}>
          ${rangePresets.map((preset) => html`<option value=${preset} .selected=${!isCustom && preset === this.range}>${t(`dashboard.range.${preset}`)}</option>`)}
          <option value="custom" .selected=${isCustom}>${t('dashboard.range.custom')}</option>
        </select>
      </label>
      ${
        isCustom
          ? html`<form class="range-days" @change=${this.#daysChanged} @submit=${(event: Event) => event.preventDefault()}>
              <label><span>${t('dashboard.from')}</span><input type="date" name="from" .value=${from} aria-invalid=${this.problem ? 'true' : nothing} /></label>
              <label><span>${t('dashboard.to')}</span><input type="date" name="to" .value=${to} aria-invalid=${this.problem ? 'true' : nothing} aria-describedby="range-problem" /></label>
              <span class="field-problem" id="range-problem" role="alert">${this.problem}</span>
            </form>`
          : nothing
      }`;
  }

  readonly #chosen = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.problem = null;
    this.isCustom = value === 'custom';
    if (!this.isCustom) this.dispatchEvent(new RangeChangeEvent(value));
  };

  readonly #daysChanged = (event: Event): void => {
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const from = String(data.get('from') ?? '');
    const to = String(data.get('to') ?? '');
    if (!from || !to) return;
    this.problem = from > to ? t('dashboard.range.wrong') : null;
    if (this.problem === null) this.dispatchEvent(new RangeChangeEvent(`${from}/${to}`));
  };
}
