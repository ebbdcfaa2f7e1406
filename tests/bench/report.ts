import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

/** One measured promise: `value` against the `bound` that the product gives itself. */
export interface Finding {
  name: string;
  value: number;
  /** null: shown beside the others, nothing was promised */
  bound: number | null;
  /** is the value to stay above or below the bound */
  better: 'atLeast' | 'atMost';
  note?: string;
}

/** NaN keeps no bound. */
const isKept = ({ value, bound, better }: Finding): boolean =>
  bound === null || (better === 'atLeast' ? value >= bound : value <= bound);

/** Prints the findings and keeps them as tests/bench/results/NAME.json; a broken bound makes the exit code 1. */
export async function report(name: string, findings: readonly Finding[]): Promise<void> {
  for (const finding of findings) {
    const sign = finding.better === 'atLeast' ? '>=' : '<=';
    const bound = finding.bound === null ? '' : ` (${sign} ${finding.bound})`;
    const line = `${finding.name}: ${finding.value.toFixed(2)}${bound}${finding.note ? `  ${finding.note}` : ''}`;
    console.log(`${finding.bound === null ? '    ' : isKept(finding) ? 'ok  ' : 'MISS'} ${line}`);
  }
  const folder = new URL('./results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const content = { name, at: new Date().toISOString(), cores: cpus().length, node: process.version, findings };
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(content, null, 2)}\n`);
  if (!findings.every(isKept)) process.exitCode = 1;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
