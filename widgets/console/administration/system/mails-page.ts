import { html, nothing, type PropertyValues } from 'lit';
import type { Mail } from '../../../../backend/contracts/administration.ts';
import { ConsoleElement } from '../../parts/console-element.ts';
import { icon } from '../../parts/icons.ts';
import { ListPage, type ListQuestion } from '../../parts/list-page.ts';
import { Loader } from '../../parts/loader.ts';
import { banner, errorState, loadingState } from '../../parts/states.ts';
import type { Column } from '../../parts/table.ts';
import { t } from '../../text.ts';

const badges: Record<Mail['state'], string> = { waiting: 'open', kept: 'warning', sent: 'won', failed: 'lost' };
const stateBadge = (state: Mail['state']) =>
  html`<span class="badge badge-${badges[state]}">${t(`mails.state.${state}`)}</span>`;

/** The mails that were sent or wait, newest first. */
export class ConsoleMailsPage extends ListPage<Mail> {
  static override properties = { shown: { state: true } };

  declare shown: Mail | null;
  protected readonly path = 'mails';
  protected override readonly hasTotal = false;
  protected readonly emptyText = { title: t('mails.empty'), text: t('mails.empty.text') };
  protected readonly question: ListQuestion = { filters: [], isWithoutSearch: true };
  protected readonly columns: readonly Column<Mail>[] = [
    { label: t('mails.subject'), isTitle: true, cell: ({ subject }) => subject },
    { label: t('mails.to'), cell: ({ to }) => to },
    { label: t('mails.createdAt'), isShort: true, cell: ({ createdAt }) => this.app.format.moment(createdAt) },
    { label: t('mails.state'), cell: ({ state }) => stateBadge(state) },
    {
      label: t('mails.read'),
      isLabelHidden: true,
      cell: (mail) =>
        html`<button type="button" class="button" aria-label=${t('mails.readOne', { subject: mail.subject, to: mail.to })} @click=${() => {
          this.shown = mail;
        }}>${t('mails.read')}</button>`,
    },
  ];

  constructor() {
    super();
    this.shown = null;
  }

  get heading(): string {
    return t('system.mails');
  }

  protected override intro() {
    return html`<p class="muted">${t('mails.text')}</p>`;
  }

  protected override actions() {
    return html`<a class="button" href="/system">${icon('health')}${t('mails.system')}</a>`;
  }

  protected override dialogs() {
    return html`<salespulse-console-mail .app=${this.app} .mail=${this.shown} .onClose=${() => {
      this.shown = null;
    }}></salespulse-console-mail>`;
  }
}

/** A mail as its reader gets it. */
export class ConsoleMail extends ConsoleElement {
  static override properties = { mail: { attribute: false }, onClose: { attribute: false } };

  declare mail: Mail | null;
  declare onClose: () => void;
  readonly #whole = new Loader<Mail>(this);

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('mail') && this.mail) this.#load();
  }

  readonly #load = (): void =>
    void this.#whole.load((signal) => this.app.api.get<Mail>(`mails/${this.mail?.id}`, {}, { signal }));

  protected override render() {
    const { mail } = this;
    return html`<salespulse-console-dialog .heading=${mail?.subject ?? ''} .isOpen=${mail !== null} .isWide=${true} .onClose=${this.onClose}
      .content=${mail ? this.#content(mail) : nothing}></salespulse-console-dialog>`;
  }

  #content(mail: Mail) {
    const { state } = this.#whole;
    const { format } = this.app;
    return html`<dl class="facts">
        <div><dt>${t('mails.to')}</dt><dd>${mail.to}</dd></div>
        <div><dt>${t('mails.createdAt')}</dt><dd>${format.moment(mail.createdAt)}</dd></div>
        <div><dt>${t('mails.state')}</dt><dd>${stateBadge(mail.state)}</dd></div>
        ${mail.sentAt ? html`<div><dt>${t('mails.sentAt')}</dt><dd>${format.moment(mail.sentAt)}</dd></div>` : nothing}
      </dl>
      ${mail.error ? banner('error', html`<p>${mail.error}</p>`) : nothing}
      ${state.kind === 'loading' || state.data?.id !== mail.id ? (state.kind === 'error' ? errorState(state.error, this.#load) : loadingState(4)) : this.#text(state.data)}`;
  }

  #text({ text }: Mail) {
    return text
      ? html`<pre class="mail-text" tabindex="0" role="region" aria-label=${t('mails.textLabel')}>${text}</pre>`
      : html`<p class="muted">${t('mails.noText')}</p>`;
  }
}
