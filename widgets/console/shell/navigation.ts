import { html, nothing, type TemplateResult } from 'lit';
import type { Me } from '../../../backend/contracts/auth.ts';
import { can } from '../app.ts';
import { icon } from '../parts/icons.ts';
import { t } from '../text.ts';
import { navigation } from './routes.ts';

/** The navigation a person may use; `path` marks where they are. */
export function navigationView(me: Me, path: string): TemplateResult {
  const groups = navigation
    .map(({ label, items }) => ({ label, items: items.filter(({ permission }) => can(me, permission)) }))
    .filter(({ items }) => items.length > 0);
  return html`<nav class="nav" aria-label=${t('nav.label')}>
    ${groups.map(
      ({ label, items }) => html`<p class="nav-group">${t(label)}</p>
        <ul>
          ${items.map(
            (item) =>
              html`<li><a href=${item.path} aria-current=${isWithin(path, item.path) ? 'page' : nothing}>${icon(item.icon)}<span>${t(item.label)}</span></a></li>`,
          )}
        </ul>`,
    )}
  </nav>`;
}

function isWithin(path: string, item: string): boolean {
  return path === item || (item !== '/' && path.startsWith(`${item}/`));
}

/** Where a person starts: the first page their role includes. */
export function startPath(me: Me): string {
  return navigation.flatMap(({ items }) => items).find(({ permission }) => can(me, permission))?.path ?? '/';
}
