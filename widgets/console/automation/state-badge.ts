import { html, type TemplateResult } from 'lit';
import type { AutomationRuleWire, RuleRun } from '../../../backend/contracts/automation.ts';
import { t } from '../text.ts';

const ruleTones = { draft: 'badge-plain', active: 'badge-won', paused: 'badge-warning' } as const;
const runTones = {
  queued: 'badge-plain',
  running: 'badge-plain',
  done: 'badge-won',
  failed: 'badge-lost',
  skipped: 'badge-warning',
} as const;

/** Where a rule stands. */
export const stateBadge = (state: AutomationRuleWire['state']): TemplateResult =>
  html`<span class="badge ${ruleTones[state]}">${t(`automation.state.${state}`)}</span>`;

/** Where a run stands. */
export const runBadge = (state: RuleRun['state']): TemplateResult =>
  html`<span class="badge ${runTones[state]}">${t(`runs.state.${state}`)}</span>`;
