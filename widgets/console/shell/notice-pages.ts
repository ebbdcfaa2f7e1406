import { html, type TemplateResult } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import { t } from '../text.ts';
import { startPath } from './navigation.ts';

/** A page that stands in for the one asked for: nothing there, not allowed, or not to be loaded. */
export interface Notice {
  title: string;
  view: TemplateResult;
}

function notice(title: string, text: string, action: TemplateResult): Notice {
  return {
    title,
    view: html`<div class="page notice-page"><h1 tabindex="-1">${title}</h1><p>${text}</p>${action}</div>`,
  };
}

const home = (me: Me) => html`<a class="button button-primary" href=${startPath(me)}>${t('notFound.home')}</a>`;

/** No page at this address. */
export const notFoundNotice = (me: Me): Notice => notice(t('notFound.title'), t('notFound.text'), home(me));

/** A page the role doesn't include. */
export const forbiddenNotice = (me: Me): Notice =>
  notice(t('forbidden.title'), t('forbidden.text', { role: me.role.name }), home(me));

/** The page's code could not be fetched, most likely because a new version was installed. */
export const chunkNotice = (): Notice =>
  notice(
    t('state.error'),
    t('app.chunk'),
    html`<button type="button" class="button button-primary" @click=${() => location.reload()}>${t('app.reload')}</button>`,
  );
