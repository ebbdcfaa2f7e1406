import { html, nothing, type PropertyValues } from 'lit';
import type { RecordType } from '../../../backend/contracts/common.ts';
import type { Notification, NotificationPage } from '../../../backend/contracts/notifications.ts';
import { apiAddress } from '../app.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { icon } from '../parts/icons.ts';
import { problemText } from '../parts/problems.ts';
import { t } from '../text.ts';

const SHOWN = 30;
const paths: Record<RecordType, string> = {
  lead: 'leads',
  opportunity: 'opportunities',
  account: 'accounts',
  contact: 'contacts',
};

/** Where a notification leads. */
function hrefOf({ taskId, record }: Notification): string | null {
  if (taskId !== null) return `/tasks?task=${taskId}`;
  return record && `/${paths[record.type]}/${record.id}`;
}

/** The bell in the header: how much is new, and what one was told. Hears of new ones while the page is open. */
export class ConsoleNotificationMenu extends ConsoleElement {
  static override properties = { page: { state: true }, problem: { state: true } };

  declare page: NotificationPage | null;
  declare problem: unknown;
  #events: EventSource | null = null;
  #person: string | null = null;

  constructor() {
    super();
    this.page = null;
    this.problem = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#returned);
    if (this.hasUpdated) this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#returned);
    this.#stop();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('app') && this.app.me.id !== this.#person) this.#start();
  }

  protected override render() {
    const unread = this.page?.unread ?? 0;
    const label = unread > 0 ? t('bell.unread', { count: unread }) : t('bell.label');
    return html`<button type="button" class="icon-button bell" popovertarget="notification-menu" aria-label=${label}>
        ${icon('bell')}${unread > 0 ? html`<span class="bell-count" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>` : nothing}
      </button>
      <div class="account-menu notification-menu" id="notification-menu" popover @toggle=${this.#toggled}>
        <div class="notification-header">
          <h2>${t('bell.label')}</h2>
          ${unread > 0 ? html`<button type="button" class="link-button" @click=${() => void this.#read()}>${t('bell.readAll')}</button>` : nothing}
        </div>
        ${this.#list()}
      </div>`;
  }

  #list() {
    if (this.problem) {
      return html`<p class="field-problem">${problemText(this.problem)}</p>
        <button type="button" class="button" @click=${() => void this.#load()}>${t('state.retry')}</button>`;
    }
    const items = this.page?.items ?? [];
    if (items.length === 0) return html`<p class="muted">${t('bell.empty')}</p>`;
    return html`<ul class="notifications">${items.map((item) => this.#item(item))}</ul>`;
  }

  #item(item: Notification) {
    const href = hrefOf(item);
    const isNew = item.readAt === null;
    const text = html`<span class="notification-title">${item.title}</span>
      ${item.body === null ? nothing : html`<span class="muted">${item.body}</span>`}
      <span class="muted"><time datetime=${item.createdAt}>${this.app.format.moment(item.createdAt)}</time></span>`;
    return html`<li class=${isNew ? 'is-new' : ''}>
      ${isNew ? html`<span class="visually-hidden">${t('bell.new')}</span>` : nothing}
      ${href === null ? html`<div>${text}</div>` : html`<a href=${href} @click=${() => this.#follow(item)}>${text}</a>`}
    </li>`;
  }

  #follow({ id, readAt }: Notification): void {
    this.querySelector<HTMLElement>('#notification-menu')?.hidePopover();
    if (readAt === null) void this.#read([id]);
  }

  #start(): void {
    this.#stop();
    this.#person = this.app.me.id;
    this.page = null;
    void this.#load();
    const events = new EventSource(apiAddress(this.app.session, 'events'));
    events.addEventListener('notification', this.#told);
    events.addEventListener('notifications-read', () => void this.#load());
    this.#events = events;
  }

  #stop(): void {
    this.#events?.close();
    this.#events = null;
    this.#person = null;
  }

  async #load(): Promise<void> {
    try {
      this.page = await this.app.api.get<NotificationPage>('notifications', { limit: SHOWN });
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
  }

  async #read(ids?: string[]): Promise<void> {
    try {
      await this.app.api.send('POST', 'notifications/read', ids ? { ids } : {});
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    await this.#load();
  }

  readonly #told = (event: MessageEvent<string>): void => {
    const { title } = JSON.parse(event.data) as { title: string };
    this.app.notify(t('bell.told', { title }));
    void this.#load();
  };

  readonly #toggled = (event: ToggleEvent): void => {
    if (event.newState === 'open') void this.#load();
  };

  /** The stream may have been cut while nobody looked. */
  readonly #returned = (): void => {
    if (document.hidden || !this.isConnected) return;
    if (this.#events?.readyState === EventSource.CLOSED) this.#start();
    else void this.#load();
  };
}
