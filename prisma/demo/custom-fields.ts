import { dayText } from './calendar.ts';
import type { CustomValue } from './model.ts';
import type { Random } from './random.ts';

export interface CustomFieldRow {
  entity: 'lead' | 'opportunity';
  key: string;
  label: string;
  type: 'text' | 'number' | 'date' | 'boolean' | 'choice';
  options: string[];
  helpText: string | null;
}

const TIMEFRAMES = ['Within 3 months', '3 to 6 months', 'Later', 'Unknown'] as const;
const COMPETITORS = ['None known', 'In-house solution', 'Local installer', 'Larger vendor'] as const;

export const CUSTOM_FIELDS: CustomFieldRow[] = [
  {
    entity: 'lead',
    key: 'decision_timeframe',
    label: 'Decision timeframe',
    type: 'choice',
    options: [...TIMEFRAMES],
    helpText: 'When the customer wants to decide, in their own words.',
  },
  { entity: 'lead', key: 'budget_confirmed', label: 'Budget confirmed', type: 'boolean', options: [], helpText: null },
  { entity: 'lead', key: 'sites', label: 'Sites', type: 'number', options: [], helpText: 'Buildings to be equipped.' },
  {
    entity: 'opportunity',
    key: 'competitor',
    label: 'Main competitor',
    type: 'choice',
    options: [...COMPETITORS],
    helpText: null,
  },
  {
    entity: 'opportunity',
    key: 'contract_months',
    label: 'Contract length (months)',
    type: 'number',
    options: [],
    helpText: null,
  },
  { entity: 'opportunity', key: 'go_live_on', label: 'Go-live', type: 'date', options: [], helpText: null },
];

/** What a lead said about itself, and how much that adds to the log-odds of converting. */
export function drawLeadValues(random: Random): { custom: Record<string, CustomValue>; quality: number } {
  const custom: Record<string, CustomValue> = {};
  let quality = 0;
  if (random.chance(0.7)) {
    const timeframe = random.weighted(TIMEFRAMES, (option) => (option === 'Within 3 months' ? 0.8 : 1));
    custom.decision_timeframe = timeframe;
    quality += { 'Within 3 months': 0.7, '3 to 6 months': 0.2, Later: -0.5, Unknown: -0.2 }[timeframe];
  }
  if (random.chance(0.6)) {
    const isConfirmed = random.chance(0.35);
    custom.budget_confirmed = isConfirmed;
    quality += isConfirmed ? 0.6 : -0.25;
  }
  if (random.chance(0.5)) custom.sites = Math.max(1, Math.round(random.logNormal(3, 0.9)));
  return { custom, quality };
}

/** What is noted on an opportunity; `goLive` is a day after the expected close. */
export function drawOpportunityValues(random: Random, goLive: number): Record<string, CustomValue> {
  const custom: Record<string, CustomValue> = {};
  if (random.chance(0.65)) custom.competitor = random.pick(COMPETITORS);
  if (random.chance(0.55)) custom.contract_months = random.pick([12, 12, 24, 36, 36, 60]);
  if (random.chance(0.4)) custom.go_live_on = dayText(goLive);
  return custom;
}
