import { dayText, momentText } from '../calendar.ts';
import type { DemoCompany } from '../company.ts';
import { moneyText, type TableRows, table } from './table.ts';

export function targetTables({ targets }: DemoCompany): TableRows[] {
  return [
    table('target', targets, {
      id: (target) => target.id,
      metric: (target) => target.metric,
      team_id: (target) => target.team?.id ?? null,
      user_id: (target) => target.person?.id ?? null,
      grain: (target) => target.grain,
      starts_on: (target) => dayText(target.from),
      ends_on: (target) => dayText(target.to),
      value: (target) => moneyText(target.value),
      created_at: (target) => momentText(target.createdAt),
      updated_at: (target) => momentText(target.createdAt),
    }),
  ];
}
