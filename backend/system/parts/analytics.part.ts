import type { AnalyticsStatus } from '../../analytics/index.ts';
import type { Finding, SystemPart } from '../part.ts';

const count = new Intl.NumberFormat('en');
const MEBIBYTE = 1024 * 1024;

/** Who answers with figures in this process: the copy of the facts, or the database itself. */
export const analyticsPart = ({ analytics }: { analytics: { status(): AnalyticsStatus } }): SystemPart => ({
  key: 'analytics',
  label: 'Figures',
  async look() {
    const status = analytics.status();
    return { ...judged(status), facts: factsOf(status) };
  },
});

function judged({
  engine,
  reason,
  state,
  lastCheck,
  differences,
}: AnalyticsStatus): Pick<Finding, 'status' | 'detail'> {
  if (lastCheck && !lastCheck.isEqual) {
    const until = state?.kind === 'off' ? 'this process starts again' : 'the copy is made anew';
    const detail = `The last check found a figure of the fast copy that differed from the database. Figures come from the database until ${until}. Look into the log for what differed, and report it.`;
    return { status: 'failed', detail };
  }
  if (engine === 'columnar') {
    const past =
      differences === 0
        ? ''
        : ` Since the start, ${differences} ${differences === 1 ? 'check' : 'checks'} found a difference; the log says which.`;
    const detail = `Figures come from a copy of the facts in memory that follows the database.${past} Nothing to do.`;
    return { status: 'ok', detail };
  }
  if (state !== null && state.kind !== 'off') {
    return {
      status: 'ok',
      detail: 'The fast copy of the facts is being made; until then figures come from the database.',
    };
  }
  const why = reason === null ? '' : ` (${reason})`;
  const detail = `Figures come from the database itself${why}. They are as right, and slower with millions of sales.`;
  return { status: 'ok', detail };
}

function factsOf({ engine, state, size, freshAt, lastCheck, answers }: AnalyticsStatus): Finding['facts'] {
  const rows = state?.kind === 'building' ? state.rows : (size?.rows ?? null);
  return [
    { label: 'Engine', value: engine === 'columnar' ? 'columnar' : 'sql' },
    ...(rows === null ? [] : [{ label: 'Facts in the copy', value: count.format(rows) }]),
    ...(size === null ? [] : [{ label: 'Memory', value: `${Math.ceil(size.bytes / MEBIBYTE)} MiB` }]),
    ...(freshAt === null ? [] : [{ label: 'Up to date at', value: freshAt.toISOString() }]),
    {
      label: 'Answered since the start',
      value: `${count.format(answers.columnar)} from the copy, ${count.format(answers.sql)} from the database`,
    },
    ...(lastCheck === null
      ? []
      : [
          {
            label: 'Last compared with the database',
            value: `${lastCheck.at.toISOString()}: ${lastCheck.isEqual ? 'equal' : 'different'}`,
          },
        ]),
  ];
}
