import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Where a program is: on the PATH, or in one of `folders`. Null when it is not installed. */
export function findProgram(name: string, folders: readonly string[] = []): string | null {
  const places = [...(process.env.PATH ?? '').split(path.delimiter), ...folders];
  for (const folder of places) {
    const file = path.join(folder, name);
    if (folder && existsSync(file)) return file;
  }
  return null;
}

/** Debian keeps the server programs of PostgreSQL off the PATH; the newest version first. */
export function postgresFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => path.join(root, version, 'bin'));
}

/** The folder with initdb and pg_ctl, or null where PostgreSQL is not installed. */
export function findPostgres(): string | null {
  const initdb = findProgram('initdb', postgresFolders());
  return initdb === null ? null : path.dirname(initdb);
}

export const findRedis = (): string | null => findProgram('redis-server');
export const findChromium = (): string | null =>
  findProgram('chromium') ?? findProgram('chromium-browser') ?? findProgram('google-chrome');

/**
 * Reports a program that is not there: a line that says what is skipped and how to get it; with CI=true
 * an error, because there everything must run.
 */
export function reportMissing(program: string, suite: string, debianPackage: string): void {
  const line = `${program} is not installed: skipping ${suite}. Install it with: apt-get install ${debianPackage}`;
  if (process.env.CI === 'true') throw new Error(line);
  process.stderr.write(`${line}\n`);
}
