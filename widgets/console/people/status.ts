import { html, type TemplateResult } from 'lit';
import type { User } from '../../../backend/contracts/users.ts';
import { t } from '../text.ts';

/** In the order of a filter. */
export const userStatuses = ['active', 'invited', 'deactivated', 'placeholder'] as const;

const badges: Record<User['status'], string> = {
  active: 'won',
  invited: 'open',
  deactivated: 'lost',
  placeholder: 'plain',
};

/** Where somebody stands, in a word. */
export const statusBadge = (status: User['status']): TemplateResult =>
  html`<span class="badge badge-${badges[status]}">${t(`users.status.${status}`)}</span>`;
