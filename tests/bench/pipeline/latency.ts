import { Agent, request } from 'node:http';
import type { Call } from '../http/load.ts';

/** Sends calls over kept connections and tells how long each took, in ms. @throws on any status of 400 or more */
export function createCaller(
  origin: string,
  connections: number,
): { time(call: Call): Promise<number>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(origin);
  return {
    time: ({ method, path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const started = performance.now();
        const req = request({ agent, hostname, port, method, path, headers }, (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.on('end', () => {
            if ((res.statusCode ?? 500) < 400) resolve(performance.now() - started);
            else reject(new Error(`${method} ${path} answered ${res.statusCode} ${Buffer.concat(chunks).toString()}`));
          });
        });
        req.on('error', reject);
        req.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** The time that 95 of 100 calls stay below. */
export function p95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)] ?? Number.NaN;
}
