import { html, nothing, type TemplateResult } from 'lit';
import type { Dashboard, Exploration } from '../../../backend/contracts/dashboards.ts';
import { DataController } from '../../base/data-controller.ts';
import type { SalesPulseElement } from '../../base/element.ts';
import { isFocusLost } from '../../base/focus.ts';
import { errorPanel } from '../../base/states.ts';
import { Deeds } from './deeds.ts';
import { asState, type ExploreState } from './explore-state.ts';
import { dashboardPanel, savePanel, tagPanel } from './panels.ts';
import { type SavedActions, savedList } from './saved-list.ts';
import { addPanel, changeSaved, listEditable, listSaved, removeSaved, saveNew } from './source.ts';
import { chartTag } from './tag.ts';

const panelNames = ['save', 'tag', 'dashboard'] as const;
type PanelName = (typeof panelNames)[number];

/** What the page around it knows and does. */
interface Page {
  state(): ExploreState;
  show(state: ExploreState): void;
}

/** Keeps questions: saves, shares, renames and deletes them, gives their tag away, and puts them on dashboards. */
export class Notebook {
  readonly #host: SalesPulseElement;
  readonly #page: Page;
  readonly #deeds: Deeds;
  readonly #saved: DataController<readonly Exploration[]>;
  #panel: PanelName | null = null;
  #asking: SavedActions['busy'] = null;
  #dashboards: readonly Dashboard[] | undefined;

  constructor(host: SalesPulseElement, page: Page) {
    this.#host = host;
    this.#page = page;
    this.#saved = new DataController<readonly Exploration[]>(host, { key: () => 'saved', load: listSaved });
    this.#deeds = new Deeds(host, () => this.#saved.refresh());
  }

  /** Shows the saved question that an address names. */
  open(id: string): void {
    const { data, error } = this.#saved.state;
    const found = data?.find((one) => one.id === id);
    if (found) this.#page.show(asState(found));
    else if (data) this.#deeds.say(this.#host.t('problem.gone.link'), true);
    else if (error) this.#deeds.explain(error, '');
  }

  /** Is it known what is saved, or that it can't be known? */
  get isReady(): boolean {
    const { data, error } = this.#saved.state;
    return (data ?? error) !== undefined;
  }

  /** The question was changed: what was said of the one before is over. */
  changed(): void {
    this.#deeds.say('');
  }

  async #do(name: string, work: () => Promise<string>): Promise<void> {
    const opener = this.#panel ? `.actions :nth-child(${panelNames.indexOf(this.#panel) + 1})` : '.questions summary';
    const isDone = await this.#deeds.do(name, work);
    if (isDone) {
      this.#panel = null;
      this.#asking = null;
      this.#host.requestUpdate();
    }
    await this.#host.updateComplete;
    // What was pressed is gone, or was disabled meanwhile.
    if (isFocusLost()) this.#focus(isDone || !this.#panel ? opener : '.panel .primary');
  }

  #focus(selector: string): void {
    this.#host.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  async #changeSaved(one: Exploration, change: Parameters<typeof changeSaved>[2]): Promise<void> {
    await changeSaved(this.#host.api, one, change);
    await this.#saved.refresh();
  }

  readonly #saveNew = (name: string, isShared: boolean): void =>
    void this.#do(name, async () => {
      const { id } = await saveNew(this.#host.api, this.#page.state(), name, isShared);
      await this.#saved.refresh();
      this.#page.show({ ...this.#page.state(), saved: id });
      return this.#host.t('said.saved', { name });
    });

  readonly #saveOver = (current: Exploration): void =>
    void this.#do(current.name, async () => {
      await this.#changeSaved(current, { state: this.#page.state() });
      return this.#host.t('said.saved', { name: current.name });
    });

  readonly #copy = (tag: string): void =>
    void navigator.clipboard.writeText(tag).then(
      () => this.#deeds.say(this.#host.t('said.copied')),
      () => {
        this.#deeds.say(this.#host.t('said.copyByHand'));
        this.#focus('textarea');
      },
    );

  #toggle(panel: PanelName): void {
    this.#panel = this.#panel === panel ? null : panel;
    // What was said was about something else.
    this.#deeds.say('');
    if (this.#panel === 'save') void this.#host.updateComplete.then(() => this.#focus('.panel [name=name]'));
    if (this.#panel !== 'dashboard') return;
    this.#dashboards = undefined;
    void listEditable(this.#host.api)
      .then(
        (dashboards) => {
          this.#dashboards = dashboards;
        },
        (error: unknown) => {
          this.#panel = null;
          this.#deeds.explain(error, '');
        },
      )
      .finally(() => this.#host.requestUpdate());
  }

  #addTo(id: string, title: string | null): void {
    const name = this.#dashboards?.find((one) => one.id === id)?.name ?? '';
    void this.#do(name, async () => {
      await addPanel(this.#host.api, id, this.#page.state(), title);
      return this.#host.t('said.added', { name });
    });
  }

  #openPanel(mayShare: boolean): TemplateResult | typeof nothing {
    const host = this.#host;
    const { isBusy } = this.#deeds;
    const state = this.#page.state();
    switch (this.#panel) {
      case 'save': {
        const current = this.#saved.state.data?.find(({ id }) => id === state.saved);
        return savePanel(host, { current, mayShare, isBusy, saveNew: this.#saveNew, saveOver: this.#saveOver });
      }
      case 'tag': {
        const tag = chartTag(state);
        return tagPanel(host, tag, () => this.#copy(tag));
      }
      case 'dashboard':
        return dashboardPanel(host, this.#dashboards, { isBusy, add: (id, title) => this.#addTo(id, title) });
      case null:
        return nothing;
      default:
        return this.#panel satisfies never;
    }
  }

  /** What can be done with the question on screen, and how it went. */
  actions(mayShare: boolean): TemplateResult {
    const host = this.#host;
    return html`<div class="actions" role="group" aria-label=${host.t('actions')}>
        ${panelNames.map(
          (name) =>
            html`<button type="button" aria-expanded=${this.#panel === name} @click=${() => this.#toggle(name)}>${host.t(`action.${name}`)}</button>`,
        )}
      </div>
      ${this.#openPanel(mayShare)} ${this.#deeds.news()}`;
  }

  /** What is saved, one's own and what others share. */
  list(mayShare: boolean): TemplateResult {
    const host = this.#host;
    const { data, error } = this.#saved.state;
    const actions: SavedActions = {
      open: this.#page.state().saved,
      busy: this.#asking,
      mayShare,
      show: (one) => this.#page.show(asState(one)),
      ask: ({ id }, act) => {
        this.#asking = act && { id, act };
        host.requestUpdate();
      },
      rename: (one, name) =>
        void this.#do(name, async () => {
          await this.#changeSaved(one, { name });
          return host.t('said.renamed', { name });
        }),
      share: (one, isShared) =>
        void this.#do(one.name, async () => {
          await this.#changeSaved(one, { isShared });
          return host.t(isShared ? 'said.shared' : 'said.unshared', { name: one.name });
        }),
      remove: (one) =>
        void this.#do(one.name, async () => {
          await removeSaved(host.api, one);
          await this.#saved.refresh();
          const state = this.#page.state();
          if (state.saved === one.id) this.#page.show({ ...state, saved: null });
          return host.t('said.deleted', { name: one.name });
        }),
    };
    const retry = () => void this.#saved.refresh();
    return html`<details class="questions" open>
      <summary>${host.t('saved')}</summary>
      ${data ? savedList(host, data, actions) : error ? errorPanel(host, error, retry) : html`<p>${host.t('loading')}</p>`}
    </details>`;
  }
}
