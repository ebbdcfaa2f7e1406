import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './ports.ts';
import { findPostgres } from './programs.ts';

const run = promisify(execFile);

/** A PostgreSQL of our own, gone when it is stopped. */
export interface PrivatePostgres {
  /** without a database name */
  url: string;
  stop(): Promise<void>;
}

/** initdb refuses root, so there the cluster belongs to the user that Debian's package makes. */
function clusterUser(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** What compose.yaml gives its database; benchmarks measure with it. */
export const SERVER_MEMORY = ['shared_buffers=512MB', 'effective_cache_size=1536MB'];

/**
 * Starts a private cluster on a free port; null where PostgreSQL is not installed. `kept`: a folder that it stays in
 * and is found in again.
 */
export async function startPostgres(
  memory: readonly string[] = ['shared_buffers=128MB'],
  kept: string | null = null,
): Promise<PrivatePostgres | null> {
  const bin = findPostgres();
  if (bin === null) return null;
  const user = clusterUser();
  const folder = kept ?? (await mkdtemp(path.join(tmpdir(), 'salespulse-postgres-')));
  await mkdir(folder, { recursive: true });
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const port = await freePort();
  const options = { ...user, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } };
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    await run(
      path.join(bin, 'initdb'),
      ['-D', data, '-U', 'salespulse', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
      options,
    );
  }
  // Durability is not what tests measure; connections are, with several files at once.
  const tuning = ['listen_addresses=127.0.0.1', 'fsync=off', 'max_connections=300', ...memory];
  const settings = [`-p ${port} -k ${folder}`, ...tuning].join(' -c ');
  await run(
    path.join(bin, 'pg_ctl'),
    ['-D', data, '-w', '-t', '60', '-l', path.join(folder, 'log'), '-o', settings, 'start'],
    options,
  );
  return {
    url: `postgresql://salespulse@127.0.0.1:${port}`,
    async stop() {
      const mode = kept === null ? 'immediate' : 'fast';
      await run(path.join(bin, 'pg_ctl'), ['-D', data, '-m', mode, '-w', 'stop'], options);
      if (kept === null) await rm(folder, { recursive: true, force: true });
    },
  };
}
