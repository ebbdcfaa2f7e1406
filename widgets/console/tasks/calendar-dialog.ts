import { html, nothing, type PropertyValues } from 'lit';
import type { CalendarFeed, NewCalendarFeed } from '../../../backend/contracts/tasks.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { banner, errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';

/** The addresses under which calendar programs read one's tasks: made, shown once, revoked. */
export class ConsoleCalendarDialog extends ConsoleElement {
  static override properties = {
    isOpen: { attribute: false },
    onClose: { attribute: false },
    made: { state: true },
  };

  declare isOpen: boolean;
  declare onClose: () => void;
  /** The address that was just made: it is never shown again. */
  declare made: NewCalendarFeed | null;
  readonly #feeds = new Loader<readonly CalendarFeed[]>(this);

  constructor() {
    super();
    this.isOpen = false;
    this.made = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('isOpen') || !this.isOpen) return;
    this.made = null;
    this.#load();
  }

  readonly #load = (): void =>
    void this.#feeds.load(async () => (await this.app.api.get<{ items: CalendarFeed[] }>('calendar-feeds')).items);

  protected override render() {
    return html`<salespulse-console-dialog .heading=${t('calendar.title')} .isOpen=${this.isOpen} .onClose=${this.onClose}
      .content=${this.isOpen ? this.#content() : nothing}></salespulse-console-dialog>`;
  }

  #content() {
    const fields: Field[] = [
      {
        name: 'name',
        label: t('calendar.name'),
        kind: 'text',
        required: true,
        maxLength: 100,
        help: t('calendar.name.help'),
      },
    ];
    return html`<p class="muted">${t('calendar.text')}</p>
      ${
        this.made
          ? html`${banner('warning', html`<p>${t('calendar.once')}</p>`)}
              <salespulse-console-copyable .label=${t('calendar.address', { name: this.made.name })} .text=${this.made.address}></salespulse-console-copyable>`
          : html`<salespulse-console-form .app=${this.app} .fields=${fields} .values=${{}} .save=${this.#add} .needsAll=${true}
              .submitLabel=${t('calendar.add')}></salespulse-console-form>`
      }
      ${this.#list()}`;
  }

  #list() {
    const { state } = this.#feeds;
    if (state.kind === 'loading') return loadingState(2);
    if (state.kind === 'error') return errorState(state.error, this.#load);
    const feeds = this.#feeds.data ?? [];
    if (feeds.length === 0) return nothing;
    const { format } = this.app;
    return html`<h3>${t('calendar.present')}</h3>
      <ul class="lines">
        ${feeds.map(
          (feed) => html`<li>
            <div>${feed.name}<p class="muted">${feed.lastReadAt ? t('calendar.read', { moment: format.moment(feed.lastReadAt) }) : t('calendar.unread')}</p></div>
            <button type="button" class="button button-danger-quiet" aria-label=${t('calendar.revokeOne', { name: feed.name })}
              @click=${() => void this.#revoke(feed)}>${t('calendar.revoke')}</button>
          </li>`,
        )}
      </ul>`;
  }

  readonly #add = async (body: FormValues): Promise<void> => {
    this.made = await this.app.api.send<NewCalendarFeed>('POST', 'calendar-feeds', body);
    this.#load();
  };

  async #revoke({ id, name }: CalendarFeed): Promise<void> {
    const question = {
      title: t('calendar.revokeQuestion', { name }),
      text: t('calendar.revoke.text'),
      action: t('calendar.revoke'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    try {
      await this.app.api.send('DELETE', `calendar-feeds/${id}`);
      if (this.made?.id === id) this.made = null;
      this.app.notify(t('calendar.revoked', { name }));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    this.#load();
  }
}
