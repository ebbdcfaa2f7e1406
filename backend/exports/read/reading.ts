import type { z } from 'zod';
import type { Principal } from '../../access/index.ts';
import type { AnalyticsContext } from '../../analytics/index.ts';
import { businessDay } from '../../calendar/index.ts';
import type { DashboardSelection, KeptFilters } from '../../contracts/dashboards.ts';
import { ProblemError } from '../../http/index.ts';
import type { Section } from '../export-document.ts';
import type { ReadableRequest } from '../reader.repository.ts';
import { createDisplay, type Display } from '../render/display.ts';
import { type Texts, textsOf } from '../texts.ts';
import { type Days, daysOf } from './range.ts';

/** What reading figures for a file takes: who asks, what of, and in which words. */
export interface Reading {
  context: AnalyticsContext;
  principal: Principal;
  selection: DashboardSelection;
  days: Days;
  texts: Texts;
  display: Display;
}

/** Figures with the hash that they have on screen too. */
export interface ReadSection {
  section: Section;
  dataHash: string;
  comparedWith: Days | null;
}

export function readingOf(
  context: AnalyticsContext,
  principal: Principal,
  selection: DashboardSelection,
  reader: Pick<ReadableRequest, 'locale' | 'timeZone'>,
): Reading {
  const days = daysOf(selection.range, businessDay(context.clock(), reader.timeZone));
  return { context, principal, selection, days, texts: textsOf(reader.locale), display: createDisplay(reader) };
}

/** Parameters as the API takes them, so that a file is refused what a screen is refused, in the same words. */
export function asked<T extends z.ZodType>(schema: T, parameters: object): z.output<T> {
  const result = schema.safeParse(Object.fromEntries(Object.entries(parameters).filter(([, value]) => value != null)));
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({
    pointer: `/of/${path.join('/')}`,
    message,
  }));
  throw new ProblemError('invalid', `${errors[0]?.pointer ?? ''} ${errors[0]?.message ?? ''}.`.trim(), { errors });
}

/** What every analytics question takes of a selection. */
export const commonOf = ({ days, selection }: Reading): Days & KeptFilters => ({ ...days, ...selection.filters });
