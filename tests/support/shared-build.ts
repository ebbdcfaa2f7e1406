import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';

export interface Build {
  folder: string;
  release(): Promise<void>;
}

/** Longer than any build takes, on a machine that is busy. */
const PATIENCE_MS = 180_000;

/**
 * Runs `build` into a folder. In CI, where nobody changes sources while tests run, the first file that asks builds for
 * all others; elsewhere each file builds for itself, so that a watching run never shows old pages.
 */
export async function sharedBuild(name: string, build: (folder: string) => Promise<unknown>): Promise<Build> {
  if (!process.env.CI) {
    const folder = await mkdtemp(path.join(tmpdir(), `salespulse-${name}-`));
    await build(folder);
    return { folder, release: () => rm(folder, { recursive: true, force: true }) };
  }
  const folder = path.join(inject('runFolder'), name);
  const done = `${folder}.done`;
  const isFirst = await mkdir(folder).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    await build(folder);
    await writeFile(done, '');
  }
  for (let waited = 0; !existsSync(done); waited += 100) {
    if (waited > PATIENCE_MS) throw new Error(`another test file began to build ${name} and never finished`);
    await delay(100);
  }
  return { folder, async release() {} };
}
