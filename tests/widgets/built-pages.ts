import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { type Build, sharedBuild } from '../support/shared-build.ts';

/** Widgets as production builds them; the caller releases them. */
export function buildPages(): Promise<Build> {
  const root = join(import.meta.dirname, '../..');
  return sharedBuild('pages', (folder) =>
    build({ root, logLevel: 'error', build: { outDir: folder, chunkSizeWarningLimit: 2000 } }),
  );
}

export interface Site {
  url: string;
  close(): Promise<void>;
}

export interface Page {
  type: string;
  body: string | Buffer;
  status?: number;
}

/** A site on a free port under a content security policy; `find` answers a path, or null for 404. */
export async function serveSite(policy: string, find: (path: string) => Promise<Page | null>): Promise<Site> {
  const server = createServer(async (request, response) => {
    const page = await find(normalize(new URL(request.url ?? '/', 'http://localhost').pathname));
    const headers = { 'Content-Type': page?.type ?? 'text/plain', 'Content-Security-Policy': policy };
    response.writeHead(page?.status ?? (page ? 200 : 404), headers).end(page?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** The built pages alone, without a SalesPulse server, under a policy as strict as the product's. */
export async function serveBuiltPages(): Promise<Site> {
  const { folder, release } = await buildPages();
  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types lit-html";
  const site = await serveSite(policy, async (path) => {
    const type = types[extname(path)];
    return type ? { type, body: await readFile(join(folder, path)) } : null;
  });
  return {
    url: site.url,
    async close() {
      await site.close();
      await release();
    },
  };
}
