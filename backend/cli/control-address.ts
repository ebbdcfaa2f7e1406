import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Longest path of a socket that all systems take (sun_path holds 104 bytes on macOS, 108 on Linux). */
const MAX_SOCKET_PATH = 100;

/**
 * Where the server that has `dataDir` open listens for commands of this machine: a socket in the folder (a
 * named pipe on Windows), or in the temporary folder where the path would be too long.
 */
export function controlAddress(dataDir: string): string {
  const folder = path.resolve(dataDir);
  const id = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\salespulse-${id}`;
  const socket = path.join(folder, 'control.sock');
  return Buffer.byteLength(socket) <= MAX_SOCKET_PATH ? socket : path.join(tmpdir(), `salespulse-${id}.sock`);
}
