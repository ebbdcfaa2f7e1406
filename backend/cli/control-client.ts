import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { controlAddress } from './control-address.ts';
import { copySizeSchema, importOutcomeSchema, type Operations } from './operations.ts';
import { UsageError } from './process.ts';

const lineSchema = z.union([
  z.object({ progress: z.object({ done: z.number(), total: z.number() }) }),
  z.object({ outcome: importOutcomeSchema }),
  z.object({ copy: copySizeSchema }),
  z.object({ done: z.literal(true) }),
  z.object({ error: z.string(), isExpected: z.boolean() }),
]);
type Line = z.infer<typeof lineSchema>;

const NOBODY = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']);

/** Sends one order to the server that has the folder open; undefined when none is listening. */
function send(address: string, method: string, path: string, body?: object): Promise<IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: address, method, path, agent: false }, resolve);
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (NOBODY.has(error.code ?? '')) resolve(undefined);
      else reject(error);
    });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function* linesOf(response: IncomingMessage): AsyncGenerator<Line> {
  for await (const text of createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY })) {
    const line = lineSchema.parse(JSON.parse(text));
    if ('error' in line) throw new UsageError(line.error);
    yield line;
  }
}

/** Works through the server that has `dataDir` open; null when no server is listening there. */
export async function remoteOperations(dataDir: string): Promise<Operations | null> {
  const address = controlAddress(dataDir);
  const probe = await send(address, 'GET', '/');
  if (!probe) return null;
  probe.resume();
  const ask = async (method: string, path: string, body?: object): Promise<IncomingMessage> => {
    const response = await send(address, method, path, body);
    if (!response) throw new UsageError('The server has stopped in the meantime. Run the command again.');
    return response;
  };
  return {
    async importFile(order, onProgress) {
      for await (const line of linesOf(await ask('POST', '/import', order))) {
        if ('progress' in line) onProgress(line.progress.done, line.progress.total);
        if ('outcome' in line) return line.outcome;
      }
      throw new UsageError('The server stopped before the import was complete. Run the command again to complete it.');
    },
    async *errorReport(runId) {
      const response = await ask('GET', `/errors?run=${encodeURIComponent(runId)}`);
      response.setEncoding('utf8');
      yield* response as AsyncIterable<string>;
    },
    async createUser(user) {
      for await (const line of linesOf(await ask('POST', '/user', user))) if ('done' in line) return;
      throw new UsageError('The server stopped before the user was created. Run the command again.');
    },
    async rebuildAnalytics(onProgress) {
      for await (const line of linesOf(await ask('POST', '/analytics-rebuild', {}))) {
        if ('progress' in line) onProgress(line.progress.done, line.progress.total);
        if ('copy' in line) return line.copy;
      }
      throw new UsageError('The server stopped before the copy was made. Run the command again.');
    },
  };
}
