import { Agent, request } from 'node:http';
import type { Call } from '../http/load.ts';

export interface Caller {
  /** how long it took, in ms */
  time(call: Call): Promise<number>;
  /** what it answered */
  text(call: Call): Promise<string>;
  close(): void;
}

/** Sends calls over kept connections. Both ways to call throw on any status of 400 or more. */
export function createCaller(origin: string, connections: number): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(origin);
  const send = ({ method, path, headers = {}, body }: Call): Promise<Buffer[]> =>
    new Promise((resolve, reject) => {
      const req = request({ agent, hostname, port, method, path, headers }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => {
          if ((res.statusCode ?? 500) < 400) resolve(chunks);
          else reject(new Error(`${method} ${path} answered ${res.statusCode} ${Buffer.concat(chunks).toString()}`));
        });
      });
      req.on('error', reject);
      req.end(body);
    });
  return {
    async time(call) {
      const started = performance.now();
      await send(call);
      return performance.now() - started;
    },
    text: async (call) => Buffer.concat(await send(call)).toString(),
    close: () => agent.destroy(),
  };
}

/** The time that such a share of all calls (0 to 1) stays below. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** The time that 95 of 100 calls stay below. */
export const p95 = (times: readonly number[]): number => percentile(times, 0.95);
