import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MySession } from '../../../backend/contracts/account.ts';
import type { Page } from '../../../backend/contracts/common.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import { Loader } from '../parts/loader.ts';
import { problemText } from '../parts/problems.ts';
import { errorState, loadingState } from '../parts/states.ts';
import { t } from '../text.ts';
import { deviceName } from './device-name.ts';
import type { Guard } from './proof-dialog.ts';

/** Where the person is signed in, and the ways to end that. */
export class ConsoleSessionsCard extends ConsoleElement {
  static override properties = { guard: { attribute: false } };

  declare guard: Guard;
  readonly #sessions = new Loader<readonly MySession[]>(this);

  protected override firstUpdated(_changed: PropertyValues): void {
    this.load();
  }

  readonly load = (): void =>
    void this.#sessions.load(
      async (signal) => (await this.app.api.get<Page<MySession>>('me/sessions', {}, { signal })).items,
    );

  protected override render() {
    const { state } = this.#sessions;
    return html`<section class="card">
      <header class="card-header"><h2 tabindex="-1">${t('sessions.title')}</h2>
        <button type="button" class="button button-danger-quiet" @click=${this.#endAll}>${t('sessions.endAll')}</button></header>
      <p class="muted">${t('sessions.text')}</p>
      ${state.kind === 'loading' ? loadingState(3) : state.kind === 'error' ? errorState(state.error, this.load) : this.#list(state.data)}
    </section>`;
  }

  #list(sessions: readonly MySession[]) {
    return html`<ul class="lines">${repeat(
      sessions,
      ({ id }) => id,
      (session) => this.#line(session),
    )}</ul>`;
  }

  #line(session: MySession) {
    const { format } = this.app;
    const device = deviceName(session.userAgent);
    const facts = [
      session.isCurrent ? null : t('sessions.seen', { moment: format.moment(session.lastSeenAt) }),
      t('sessions.since', { moment: format.moment(session.createdAt), method: methodText(session.method) }),
      session.address ? t('sessions.address', { address: session.address }) : null,
    ];
    return html`<li><div><p class="lines-title">${device} ${session.isCurrent ? html`<span class="badge badge-won">${t('sessions.current')}</span>` : nothing}</p>
        ${facts.filter((fact) => fact !== null).map((fact) => html`<p class="muted">${fact}</p>`)}</div>
      ${
        session.isCurrent
          ? nothing
          : html`<button type="button" class="button" aria-label=${t('sessions.endOne', { device })} @click=${() => void this.#end(session)}>${t('sessions.end')}</button>`
      }</li>`;
  }

  async #end(session: MySession): Promise<void> {
    try {
      await this.guard(() => this.app.api.send('DELETE', `me/sessions/${session.id}`));
      this.app.notify(t('sessions.ended', { device: deviceName(session.userAgent) }));
      // The button is gone with its line: reading goes on at the heading.
      this.querySelector<HTMLElement>('h2')?.focus();
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
    this.load();
  }

  readonly #endAll = async (): Promise<void> => {
    const question = {
      title: t('sessions.endAll'),
      text: t('sessions.endAll.text'),
      action: t('sessions.endAll'),
      isDanger: true,
    };
    if (!(await this.app.confirm(question))) return;
    try {
      await this.guard(() => this.app.api.send('POST', 'auth/logout/everywhere'));
      this.app.leave(t('sessions.endAll.done'));
    } catch (error) {
      this.app.notify(problemText(error), 'error');
    }
  };
}

/** How a session was opened, in words. */
function methodText(method: string): string {
  const key = `sessions.method.${method}`;
  const text = t(key);
  return text === key ? method : text;
}
