import { redactText } from '../observability/index.ts';

/** Errors whose message is written for the person who started the program. */
const EXPLAINED = new Set([
  'ConfigError',
  'DataDirLockedError',
  'DatabaseUnreachableError',
  'QueueUnreachableError',
  'PortInUseError',
  'UsageError',
  'ImportFileError',
  'ProblemError',
]);

/** A command line that can't be understood; the message says how to write it. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Ends the process with one clear sentence for expected failures, and with the stack for bugs. */
export function explainAndExit(error: unknown): never {
  const isExplained = error instanceof Error && EXPLAINED.has(error.name);
  const text = error instanceof Error ? (isExplained ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${redactText(text)}\n`);
  process.exit(1);
}

/** Waits for the order to stop. A second one ends the process at once. */
export function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    let isAsked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (isAsked) process.exit(1);
        isAsked = true;
        resolve(signal);
      });
    }
  });
}
