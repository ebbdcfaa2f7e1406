import type { RecordsResponse } from '../../../../backend/contracts/analytics.ts';
import type { Money, Named } from '../../../../backend/contracts/common.ts';

/** A record behind a figure, whatever its kind. */
export interface DrillRow {
  id: string;
  name: string;
  /** The record to open, where it is one that has a page. */
  record: { entity: 'lead' | 'opportunity'; id: string } | null;
  /** Second line: the account or company. */
  about: string | null;
  /** A business day or a moment. */
  date: string | null;
  owner: string | null;
  /** As it was booked. */
  amount: Money | null;
  /** What it counts for in the company currency; null where it was booked in that. */
  counted: Money | null;
}

type Item = RecordsResponse['items'][number];

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const nameOf = (value: unknown): string | null => (value as Named | null | undefined)?.name ?? null;
const money = (value: unknown): Money | null => (value as Money | null | undefined) ?? null;
const moneyOf = (booked: unknown, base: unknown): Pick<DrillRow, 'amount' | 'counted'> => {
  const [amount, counted] = [money(booked), money(base)];
  return { amount, counted: counted?.currency === amount?.currency ? null : counted };
};

/** Brings the four kinds of record that figures are made of into one shape. */
export function drillRow(entity: RecordsResponse['entity'], item: Item): DrillRow {
  const id = String(item.id);
  const owner = nameOf(item.owner);
  switch (entity) {
    case 'sale': {
      const opportunity = text(item.opportunityId);
      return {
        id,
        name: nameOf(item.product) ?? text(item.productCategory) ?? '–',
        record: opportunity === null ? null : { entity: 'opportunity', id: opportunity },
        about: nameOf(item.account),
        date: text(item.soldOn),
        owner,
        ...moneyOf(item.amount, item.amountBase),
      };
    }
    case 'lead':
      return {
        id,
        name: text(item.name) ?? '–',
        record: { entity: 'lead', id },
        about: text(item.company),
        date: text(item.createdAt),
        owner,
        ...moneyOf(item.value, item.valueBase),
      };
    case 'opportunity':
      return {
        id,
        name: text(item.name) ?? '–',
        record: { entity: 'opportunity', id },
        about: nameOf(item.account),
        date: text(item.closedOn) ?? text(item.expectedCloseOn),
        owner,
        ...moneyOf(item.amount, item.amountBase),
      };
    case 'spend':
      return {
        id,
        name: text(item.campaign) ?? text(item.source) ?? text(item.category) ?? '–',
        record: null,
        about: text(item.category),
        date: text(item.spentOn),
        owner: nameOf(item.team),
        ...moneyOf(item.amount, item.amountBase),
      };
  }
}
