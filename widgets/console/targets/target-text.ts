import type { Target } from '../../../backend/contracts/targets.ts';
import type { Format } from '../../base/format.ts';
import { formatMeasure } from '../../base/measure.ts';
import { t } from '../text.ts';

type Subject = Pick<Target, 'team' | 'user'>;

/** Whom the target is for: a person, a team, or the company. */
export const subjectName = ({ team, user }: Subject): string => user?.name ?? team?.name ?? t('targets.company');
export const subjectKind = ({ team, user }: Subject): string =>
  t(`targets.kind.${user ? 'user' : team ? 'team' : 'company'}`);

export const metricText = ({ metric }: Pick<Target, 'metric'>): string => t(`targets.metric.${metric}`);

/** `November 2026`, `Q4 2026`, `2026`, in the reader's language. */
export function periodText(format: Format, { grain, from }: Pick<Target, 'grain' | 'from'>): string {
  const [year = '', month = '01'] = from.split('-');
  if (grain === 'year') return year;
  if (grain === 'quarter') return t('targets.quarter', { quarter: Math.ceil(Number(month) / 3), year });
  return format.day(from, { month: 'long', year: 'numeric' });
}

/** What is put into sentences about one target. */
export const targetWords = (format: Format, target: Target): { name: string; metric: string; period: string } => ({
  name: subjectName(target),
  metric: metricText(target),
  period: periodText(format, target),
});

/** How far it is: a length for the bar (0..1, null: no bar) and the words beside it. */
export function progressOf(format: Format, target: Target, today: string): { share: number | null; text: string } {
  const { attained, attainment, from } = target;
  if (attained === null) return { share: null, text: t('targets.unknown') };
  if (today < from) return { share: null, text: t('targets.notYet') };
  const share = format.percent(attainment, { decimals: 0 });
  return {
    share: Math.min(1, Math.max(0, attainment ?? 0)),
    text: t('targets.attainedOf', { attained: formatMeasure(format, target, attained), share }),
  };
}

/** What the period ends at when it goes on like this; of one that is over there is nothing more to tell. */
export function runRateText(format: Format, target: Target, today: string): string {
  const { runRate, value, to } = target;
  if (runRate === null) return format.number(null);
  if (to < today) return t('targets.final');
  const share = format.percent(Number(runRate) / Number(value), { decimals: 0 });
  return t('targets.runRateOf', { value: formatMeasure(format, target, runRate), share });
}
