import type { ImportOutcome } from './operations.ts';

const SHOWN_NAMES = 12;
const count = new Intl.NumberFormat('en');

const listed = (names: readonly string[]): string =>
  names.length > SHOWN_NAMES
    ? `${names.slice(0, SHOWN_NAMES).join(', ')} and ${count.format(names.length - SHOWN_NAMES)} more`
    : names.join(', ');

/** What an import did, for a terminal. */
export function describeOutcome({ summary, problems, leftOut }: ImportOutcome, isDryRun: boolean): string {
  const lines = [
    `${isDryRun ? 'Dry run, nothing was changed. ' : ''}${count.format(summary.rows)} rows: ${count.format(summary.created)} created, ${count.format(summary.updated)} updated, ${count.format(summary.unchanged)} unchanged, ${count.format(summary.rejected)} refused.`,
  ];
  for (const [kind, { matched, created, mapped = {} }] of Object.entries(summary.references)) {
    lines.push(
      `  ${kind}: ${count.format(matched)} found${created.length > 0 ? `, ${count.format(created.length)} made (${listed(created)})` : ''}`,
    );
    const renamed = Object.entries(mapped).map(([theirs, ours]) => `${theirs} → ${ours}`);
    if (renamed.length > 0) lines.push(`    read as: ${listed(renamed)}`);
  }
  if (leftOut.length > 0) lines.push(`  columns left out: ${listed(leftOut)}`);
  for (const { row, column, reason } of problems) lines.push(`  line ${row}: ${column ?? 'The row'} ${reason}`);
  return lines.join('\n');
}
