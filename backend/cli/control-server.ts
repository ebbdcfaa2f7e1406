import { chmod, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Dependencies } from '../dependencies.ts';
import { readBody } from '../http/index.ts';
import { controlAddress } from './control-address.ts';
import { userToCreateSchema } from './create-user.ts';
import { directOperations, importOrderSchema, isExpected, type Operations } from './operations.ts';

const MAX_ORDER_BYTES = 1024 * 1024;

/**
 * Lets commands of this machine work on the embedded store while the server has it open: HTTP on a local
 * socket that only this user can reach. On a database server commands connect themselves, so there is
 * nothing to listen for. Returns how to stop.
 */
export async function startControlServer(deps: Dependencies): Promise<() => Promise<void>> {
  const { database, config, logger } = deps;
  if (database.engine !== 'pglite') return async () => {};
  const address = controlAddress(config.dataDir);
  const isFile = process.platform !== 'win32';
  // The data folder is locked by this process: a socket that is there belongs to one that was killed.
  if (isFile) await rm(address, { force: true });
  const operations = directOperations(deps);
  const server = createServer((req, res) => {
    answer(operations, req, res).catch((error: unknown) => {
      if (!isExpected(error)) logger.error({ err: error }, 'a command failed');
      const sentence = isExpected(error) ? error.message : 'The command failed; the log of the server says why.';
      if (!res.headersSent) res.writeHead(isExpected(error) ? 422 : 500, { 'Content-Type': 'application/x-ndjson' });
      res.end(`${JSON.stringify({ error: sentence, isExpected: isExpected(error) })}\n`);
    });
  });
  // An import may take longer than any limit meant for strangers.
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const mask = process.umask(0o177);
    server.listen(address, resolve);
    process.umask(mask);
  });
  if (isFile) await chmod(address, 0o600);
  return async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    if (isFile) await rm(address, { force: true });
  };
}

async function answer(operations: Operations, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? '/', 'http://control');
  const body = async (): Promise<unknown> => JSON.parse((await readBody(req, MAX_ORDER_BYTES)).toString('utf8'));
  switch (`${req.method} ${url.pathname}`) {
    case 'POST /import': {
      const order = importOrderSchema.parse(await body());
      res.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      const say = (line: object) => res.write(`${JSON.stringify(line)}\n`);
      const outcome = await operations.importFile(order, (done, total) => say({ progress: { done, total } }));
      res.end(`${JSON.stringify({ outcome })}\n`);
      return;
    }
    case 'GET /errors': {
      res.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8' });
      await pipeline(Readable.from(operations.errorReport(url.searchParams.get('run') ?? '')), res);
      return;
    }
    case 'POST /user':
      await operations.createUser(userToCreateSchema.parse(await body()));
      res.writeHead(200, { 'Content-Type': 'application/x-ndjson' }).end(`${JSON.stringify({ done: true })}\n`);
      return;
    case 'POST /analytics-rebuild': {
      res.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      const say = (line: object) => res.write(`${JSON.stringify(line)}\n`);
      const copy = await operations.rebuildAnalytics((done, total) => say({ progress: { done, total } }));
      res.end(`${JSON.stringify({ copy })}\n`);
      return;
    }
    default:
      res.writeHead(404).end();
  }
}
