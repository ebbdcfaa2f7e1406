import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';

/** Another process has this DATA_DIR open. */
export class DataDirLockedError extends Error {
  constructor(dataDir: string, pid: number) {
    super(
      `The data folder ${dataDir} is in use by process ${pid}. Stop that process, or set DATA_DIR to another folder.`,
    );
    this.name = 'DataDirLockedError';
  }
}

interface LockContent {
  pid: number;
  host: string;
  /** when the holder's process began, where the system tells; guards against a recycled pid */
  startedAt: string | null;
}

/** Start time of a process in clock ticks (Linux), or null where there is no /proc. */
async function processStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null; // no such process, or no /proc: the caller falls back to the signal test
  }
}

async function isHolderAlive(holder: LockContent): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return holder.startedAt === null || holder.startedAt === (await processStart(holder.pid));
}

/**
 * Takes the folder for this process: PGlite's files must never be opened twice. A lock left by a killed
 * process is recognised and replaced.
 *
 * @throws DataDirLockedError when a living process holds it.
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lockPath = path.join(dataDir, 'salespulse.lock');
  const mine: LockContent = {
    pid: process.pid,
    host: hostname(),
    startedAt: await processStart(process.pid),
  };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = await open(lockPath, 'wx', 0o600);
      await file.writeFile(JSON.stringify(mine));
      await file.close();
      return async () => rm(lockPath, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = await readHolder(lockPath);
    if (holder && (await isHolderAlive(holder))) throw new DataDirLockedError(dataDir, holder.pid);
    if (existsSync(lockPath)) await rm(lockPath, { force: true });
  }
  throw new DataDirLockedError(dataDir, 0);
}

async function readHolder(lockPath: string): Promise<LockContent | null> {
  try {
    return JSON.parse(await readFile(lockPath, 'utf8')) as LockContent;
  } catch {
    return null; // gone in the meantime, or cut short by a crash while it was written
  }
}
