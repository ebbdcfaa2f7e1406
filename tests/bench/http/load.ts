import { Agent, type OutgoingHttpHeaders, request } from 'node:http';

export interface Call {
  method: string;
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: string;
}

const CONNECTIONS = 16;

/** Requests a second over `seconds`, from 16 kept-alive connections. @throws on any status of 400 or more */
export async function requestsPerSecond(origin: string, seconds: number, nextCall: () => Call): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const { hostname, port } = new URL(origin);
  const send = (call: Call): Promise<void> =>
    new Promise((resolve, reject) => {
      const req = request(
        { agent, hostname, port, method: call.method, path: call.path, headers: call.headers ?? {} },
        (res) => {
          const status = res.statusCode ?? 0;
          res.resume();
          res.on('end', () =>
            status < 400 ? resolve() : reject(new Error(`${call.method} ${call.path} answered ${status}`)),
          );
        },
      );
      req.on('error', reject);
      req.end(call.body);
    });
  const started = performance.now();
  const end = started + seconds * 1000;
  let done = 0;
  const connection = async () => {
    while (performance.now() < end) {
      await send(nextCall());
      done++;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  agent.destroy();
  return done / ((performance.now() - started) / 1000);
}
