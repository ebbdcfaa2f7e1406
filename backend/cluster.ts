import cluster, { type Worker } from 'node:cluster';
import type { Logger } from 'pino';
import type { Config } from './config.ts';

/** A process that dies sooner than this after its start would die again: better to stop and be seen. */
const CRASH_LOOP_MS = 5_000;
const STOP_GRACE_MS = 20_000;

/** Is this the process that only looks after web processes (and the jobs)? Embedded storage allows one process. */
export const isSupervisor = (config: Config): boolean =>
  cluster.isPrimary && config.databaseUrl !== null && config.concurrency > 1 && config.role !== 'worker';

/** The web processes of this machine, sharing one port. */
export interface WebProcesses {
  /** Rejects when the processes can't stay up. */
  failed: Promise<never>;
  stop(): Promise<void>;
}

/** Starts `config.concurrency` web processes and replaces those that die. */
export function startWebProcesses(config: Config, logger: Logger): WebProcesses {
  const startedAt = new Map<number, number>();
  let isStopping = false;
  const start = () => {
    const worker = cluster.fork({ SALESPULSE_ROLE: 'web', WEB_CONCURRENCY: '1' });
    startedAt.set(worker.id, Date.now());
  };
  const failed = new Promise<never>((_resolve, reject) => {
    cluster.on('exit', (worker: Worker, code: number) => {
      if (isStopping) return;
      const livedMs = Date.now() - (startedAt.get(worker.id) ?? 0);
      startedAt.delete(worker.id);
      logger.error({ code, livedMs }, 'a web process ended');
      if (livedMs < CRASH_LOOP_MS)
        reject(new Error(`A web process ended ${livedMs} ms after its start (exit code ${code}).`));
      else start();
    });
  });
  for (let count = 0; count < config.concurrency; count++) start();
  return {
    failed,
    async stop() {
      isStopping = true;
      const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      await Promise.all(
        workers.map(
          (worker) =>
            new Promise<void>((resolve) => {
              const force = setTimeout(() => worker.process.kill('SIGKILL'), STOP_GRACE_MS);
              worker.once('exit', () => {
                clearTimeout(force);
                resolve();
              });
              worker.process.kill('SIGTERM');
            }),
        ),
      );
    },
  };
}
