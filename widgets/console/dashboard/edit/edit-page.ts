import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Dashboard, Panel } from '../../../../backend/contracts/dashboards.ts';
import { ApiError } from '../../../base/api.ts';
import type { Session } from '../../../base/session.ts';
import { loadPanels, type PanelSurroundings, panelView } from '../../../elements/dashboard/panel-view.ts';
import { sharedSession } from '../../../elements/dashboard/shared-session.ts';
import { ConsolePage } from '../../parts/console-element.ts';
import { icon } from '../../parts/icons.ts';
import { Loader } from '../../parts/loader.ts';
import { problemText } from '../../parts/problems.ts';
import { banner, emptyState, errorState, loadingState } from '../../parts/states.ts';
import { patchVersioned } from '../../parts/versioned.ts';
import { t } from '../../text.ts';
import { freeId, isChanged, MOST_PANELS, moved, withoutPanel, withPanel } from './draft.ts';
import { panelDrag } from './drag.ts';
import { LeaveGuard } from './leave-guard.ts';
import { panelTools } from './panel-tools.ts';

/** Changes the panels of a dashboard: what they show, their order and size. */
export class ConsoleDashboardEditPage extends ConsolePage {
  static override properties = {
    panels: { state: true },
    changing: { state: true },
    carried: { state: true },
    said: { state: true },
    problem: { state: true },
    isSaving: { state: true },
  };

  /** As they will be saved. */
  declare protected panels: readonly Panel[];
  /** The panel in the dialog; `new` is one to be. */
  declare protected changing: Panel | 'new' | null;
  declare protected carried: string | null;
  /** What was done last, for those who hear the page. */
  declare protected said: string;
  declare protected problem: unknown;
  declare protected isSaving: boolean;
  readonly #dashboard = new Loader<Dashboard>(this);
  #beforeDrag: readonly Panel[] = [];
  readonly #drag = panelDrag(
    (carried, onto) => {
      this.carried = carried;
      this.panels = moved(
        this.panels,
        carried,
        this.panels.findIndex(({ id }) => id === onto),
      );
    },
    (carried, isTakenBack) => {
      this.carried = null;
      if (isTakenBack) this.panels = this.#beforeDrag;
      else this.#tellPlace(carried);
    },
  );

  /** All previews ask through one session, which asks once for what several want. */
  #session: Session | undefined;

  constructor() {
    super();
    new LeaveGuard(this, {
      isUnsaved: () => this.#isChanged && !this.isSaving,
      mayLeave: () => this.#mayLeave(),
      navigate: (address) => this.app.navigate(address),
    });
    this.panels = [];
    this.changing = null;
    this.carried = null;
    this.said = '';
    this.problem = null;
    this.isSaving = false;
  }

  get heading(): string {
    return t('dashboard.editing', { name: this.#dashboard.data?.name ?? '' });
  }

  protected override firstUpdated(changed: PropertyValues): void {
    super.firstUpdated(changed);
    this.#load();
  }

  readonly #load = (): void =>
    void this.#dashboard.load(async (signal) => {
      const path = `dashboards/${this.match.params.id}`;
      const found = await this.app.api.get<Dashboard>(path, {}, { signal });
      await loadPanels(found.panels);
      this.panels = found.panels;
      return found;
    });

  get #isChanged(): boolean {
    return isChanged(this.#dashboard.data?.panels ?? [], this.panels);
  }

  protected override render() {
    const { state } = this.#dashboard;
    if (state.kind === 'loading') return html`<div class="page">${loadingState()}</div>`;
    if (state.kind === 'error') return html`<div class="page">${errorState(state.error, this.#load)}</div>`;
    const { changing } = this;
    return html`<div class="page">
        <header class="page-header">
          <h1 tabindex="-1">${this.heading}</h1>
          <div class="page-actions">
            <button type="button" class="button" ?disabled=${this.panels.length >= MOST_PANELS} @click=${() => {
              this.changing = 'new';
            }}>${icon('plus')}${t('dashboard.addPanel')}</button>
            <button type="button" class="button" @click=${this.#cancel}>${t('dashboard.cancel')}</button>
            <button type="button" class="button button-primary" ?disabled=${this.isSaving || !this.#isChanged} @click=${this.#save}>${t('dashboard.save')}</button>
          </div>
        </header>
        ${this.problem ? this.#problem() : nothing}
        <p class="visually-hidden" role="status">${this.said}</p>
        ${this.panels.length === 0 ? emptyState(t('dashboard.panels'), t('dashboard.noPanels')) : this.#grid(state.data)}
      </div>
      <salespulse-console-panel-dialog .app=${this.app} .isOpen=${changing !== null} .panel=${changing === 'new' ? null : changing}
        .newId=${(kind: Panel['kind']) => freeId(this.panels, kind)} .onClose=${this.#closeDialog} .onChosen=${this.#chosen}></salespulse-console-panel-dialog>`;
  }

  #grid({ selection }: Dashboard) {
    this.#session ??= sharedSession(this.app.session);
    const around: PanelSurroundings = {
      selection,
      session: this.#session,
      locale: this.app.format.locale,
      timeZone: this.app.me.timeZone,
      theme: undefined,
    };
    return html`<ol class="panel-grid" aria-label=${t('dashboard.panels')}>
      ${repeat(
        this.panels,
        ({ id }) => id,
        (
          panel,
          place,
        ) => html`<li class="panel-card w${panel.width} ${panel.height} ${panel.id === this.carried ? 'is-carried' : ''}" data-panel=${panel.id}>
          ${panelTools(panel, {
            isFirst: place === 0,
            isLast: place === this.panels.length - 1,
            move: (by) => this.#move(panel, place + by, by < 0 ? '.earlier' : '.later'),
            resize: (size) => {
              this.panels = withPanel(this.panels, { ...panel, ...size });
            },
            change: () => {
              this.changing = panel;
            },
            remove: () => this.#remove(panel, place),
            drag: (event) => {
              this.#beforeDrag = this.panels;
              this.#drag.start(event, panel.id);
            },
          })}
          <div class="panel-preview" inert>${panelView(panel, around)}</div>
        </li>`,
      )}
    </ol>`;
  }

  /** By keyboard: the button keeps the focus, so that one can go on. */
  #move({ id }: Panel, place: number, button: string): void {
    this.panels = moved(this.panels, id, place);
    this.#tellPlace(id);
    void this.updateComplete.then(() => {
      const card = this.querySelector(`[data-panel="${id}"]`);
      const [same, other] = [
        card?.querySelector<HTMLButtonElement>(button),
        card?.querySelector('button:not(:disabled)'),
      ];
      if (same && !same.disabled) same.focus();
      else if (other instanceof HTMLElement) other.focus();
    });
  }

  /** The focus goes to the panel that follows, else to the one before, else to where a new one begins. */
  #remove({ id }: Panel, place: number): void {
    this.panels = withoutPanel(this.panels, id);
    const near = this.panels[place] ?? this.panels.at(-1);
    void this.updateComplete.then(() => {
      const part = near ? `[data-panel="${near.id}"]` : '.page-actions';
      // Not its own button to remove: a key held down would remove one after the other.
      this.querySelector<HTMLButtonElement>(`${part} button:not(:disabled)`)?.focus();
    });
  }

  #tellPlace(id: string): void {
    const place = this.panels.findIndex((one) => one.id === id);
    const panel = this.panels[place];
    if (panel)
      this.said = t('dashboard.panel.moved', { title: titleOf(panel), place: place + 1, count: this.panels.length });
  }

  readonly #closeDialog = (): void => {
    this.changing = null;
  };

  readonly #chosen = (panel: Panel): void => {
    this.panels = withPanel(this.panels, panel);
    void loadPanels([panel]);
  };

  #mayLeave(): Promise<boolean> {
    return this.app.confirm({
      title: t('dashboard.unsaved.title'),
      text: t('dashboard.unsaved.text'),
      action: t('dashboard.unsaved.action'),
      isDanger: true,
    });
  }

  readonly #cancel = async (): Promise<void> => {
    if (this.#isChanged && !(await this.#mayLeave())) return;
    this.app.navigate(`/dashboards/${this.match.params.id}`);
  };

  /** Somebody else was faster: their panels take the place of one's own. */
  readonly #loadNewest = async (): Promise<void> => {
    if (this.#isChanged && !(await this.#mayLeave())) return;
    this.problem = null;
    this.#load();
  };

  #problem() {
    const isStale = this.problem instanceof ApiError && this.problem.status === 412;
    return banner(
      'error',
      html`<p>${problemText(this.problem)}</p>${
        isStale
          ? html`<button type="button" class="button" @click=${this.#loadNewest}>${t('dashboard.loadNewest')}</button>`
          : nothing
      }`,
    );
  }

  readonly #save = async (): Promise<void> => {
    const { data } = this.#dashboard;
    if (!data) return;
    this.isSaving = true;
    this.problem = null;
    try {
      await patchVersioned(this.app.api, `dashboards/${data.id}`, { panels: this.panels }, data.version);
      this.app.notify(t('dashboard.saved'));
      this.app.navigate(`/dashboards/${data.id}`);
    } catch (error) {
      this.problem = error;
    } finally {
      this.isSaving = false;
    }
  };
}

const titleOf = ({ title, kind }: Panel): string => title ?? t(`dashboard.panel.kind.${kind}`);
