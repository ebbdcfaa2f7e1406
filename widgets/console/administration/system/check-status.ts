import { html, type TemplateResult } from 'lit';
import type { SystemCheck } from '../../../../backend/contracts/administration.ts';
import { type IconName, icon } from '../../parts/icons.ts';
import { t } from '../../text.ts';

const looks: Record<SystemCheck['status'], { icon: IconName; badge: string }> = {
  ok: { icon: 'check', badge: 'won' },
  warning: { icon: 'warning', badge: 'warning' },
  failed: { icon: 'close', badge: 'lost' },
  'not-configured': { icon: 'off', badge: 'plain' },
};

/** Whether a part works, in a word and a sign. */
export const checkStatus = (status: SystemCheck['status']): TemplateResult =>
  html`<span class="badge badge-${looks[status].badge} badge-icon">${icon(looks[status].icon)}${t(`system.status.${status}`)}</span>`;

/** How the whole stands: the worst that any part says. Parts that are not set up are nobody's fault. */
export function summaryOf(checks: readonly SystemCheck[]): { tone: 'success' | 'warning' | 'error'; text: string } {
  const count = (status: SystemCheck['status']) => checks.filter((check) => check.status === status).length;
  const [failed, warning] = [count('failed'), count('warning')];
  if (failed > 0) return { tone: 'error', text: t('system.summary.failed', { count: failed }) };
  if (warning > 0) return { tone: 'warning', text: t('system.summary.warning', { count: warning }) };
  return { tone: 'success', text: t('system.summary.ok') };
}
