import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a script beside this one and waits until it says that it is ready. */
export async function startProcess(script: string, ...args: string[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args);
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${script} ended with code ${code} before it was ready`);
    }),
  ]);
  return child;
}

/** What a process measured since it was asked last. */
export interface Measured {
  /** ms */
  times: number[];
  /** committed, by a writer */
  rows: number;
  seconds: number;
}

export async function measuredBy(child: ChildProcess): Promise<Measured> {
  child.send('told');
  const [message] = await once(child, 'message');
  return message;
}

/** Returns when it has ended, also where it had before. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(force);
}
