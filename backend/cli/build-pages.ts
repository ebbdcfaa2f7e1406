import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = ['widgets', 'vite.config.ts', 'package-lock.json'];

/** When a file, or the newest file below a folder, was changed; 0 when there is none. */
async function newestChange(place: string): Promise<number> {
  const found = await stat(place).catch(() => null);
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  const entries = await readdir(place);
  return Math.max(0, ...(await Promise.all(entries.map((entry) => newestChange(path.join(place, entry))))));
}

/** Builds console and elements into `folder`, unless what is there is newer than every source. */
export async function buildPages(folder: string): Promise<void> {
  const [builtAt, ...changes] = await Promise.all([
    newestChange(path.join(folder, 'embed.js')),
    ...SOURCES.map((source) => newestChange(path.join(root, source))),
  ]);
  if (builtAt > Math.max(...changes)) return;
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`Building the pages failed (exit code ${code}).`));
    });
  });
}
