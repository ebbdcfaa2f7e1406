import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ProblemError } from '../../../http/index.ts';
import type { ExportDocument } from '../../export-document.ts';
import type { ContentOptions } from '../content.ts';
import type { FromRenderThread, ToRenderThread } from './messages.ts';

/** Rows handed over at once: a millisecond's work. */
const SLICE = 500;

export interface RenderPoolOptions {
  /** files made at the same time; more wait in line */
  mostAtOnce: number;
  /** how long a thread is kept for the next file: to start one takes longer than to write a short file */
  idleMs?: number;
  /** memory of a thread */
  heapMb?: number;
}

/** Writes files in threads, so that requests are answered meanwhile. */
export interface RenderPool {
  /**
   * The bytes of a document.
   * @throws ProblemError too_large for what memory can't hold; the signal's reason once it is aborted
   */
  content(document: ExportDocument, options: ContentOptions, signal?: AbortSignal): Promise<Buffer>;
}

interface Idle {
  worker: Worker;
  timer: NodeJS.Timeout;
}

export function createRenderPool({ mostAtOnce, idleMs = 20_000, heapMb = 512 }: RenderPoolOptions): RenderPool {
  const idle: Idle[] = [];
  const line: (() => void)[] = [];
  let busy = 0;

  /** @throws the signal's reason for whoever gives up while in line */
  async function enter(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (busy < mostAtOnce) {
      busy++;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        line.splice(line.indexOf(go), 1);
        reject(signal?.reason);
      };
      const go = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      line.push(go);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }
  /** The place goes to whoever is next. */
  function leave(): void {
    const next = line.shift();
    if (next) next();
    else busy--;
  }

  function take(): Worker {
    let kept = idle.pop();
    // One that has ended meanwhile would never answer.
    while (kept && kept.worker.threadId < 0) kept = idle.pop();
    if (!kept) {
      const worker = new Worker(new URL('./render-thread.ts', import.meta.url), {
        name: 'exports',
        resourceLimits: { maxOldGenerationSizeMb: heapMb },
      });
      // One that fails while it is being ended, or idle, has nobody who listens: that would end this process.
      worker.on('error', () => {});
      return worker;
    }
    clearTimeout(kept.timer);
    kept.worker.ref();
    return kept.worker;
  }

  function keep(worker: Worker): void {
    // Nobody's end waits for a thread that only might be useful.
    worker.unref();
    const entry = {
      worker,
      timer: setTimeout(() => {
        idle.splice(idle.indexOf(entry), 1);
        void worker.terminate();
      }, idleMs).unref(),
    };
    idle.push(entry);
  }

  return {
    async content(document, options, signal) {
      await enter(signal);
      try {
        signal?.throwIfAborted();
        const worker = take();
        try {
          const content = await work(worker, document, options, signal);
          keep(worker);
          return content;
        } catch (error) {
          await worker.terminate();
          throw error;
        }
      } finally {
        leave();
      }
    },
  };
}

async function work(
  worker: Worker,
  document: ExportDocument,
  options: ContentOptions,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const listening = new AbortController();
  const answer = new Promise<Buffer>((resolve, reject) => {
    const ends: [name: string, listener: (value: never) => void][] = [
      [
        'message',
        (message: FromRenderThread) => {
          if (message.kind === 'done') resolve(Buffer.from(message.content.buffer));
          else reject(new Error(`The file could not be written: ${message.message}`, { cause: message.stack }));
        },
      ],
      ['error', (error: NodeJS.ErrnoException) => reject(failureOf(error))],
      ['exit', () => reject(new Error('The thread that wrote the file ended before it was done.'))],
    ];
    for (const [name, listener] of ends) worker.on(name, listener as (value: unknown) => void);
    const abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    listening.signal.addEventListener('abort', () => {
      for (const [name, listener] of ends) worker.off(name, listener as (value: unknown) => void);
      signal?.removeEventListener('abort', abort);
    });
  });
  try {
    await Promise.race([answer, send(worker, document, options)]);
    return await answer;
  } finally {
    listening.abort();
  }
}

async function send(worker: Worker, document: ExportDocument, options: ContentOptions): Promise<void> {
  const tell = (message: ToRenderThread) => worker.postMessage(message);
  const sections = document.sections.map((section) => ({ ...section, table: { ...section.table, rows: [] } }));
  tell({ kind: 'begin', document: { ...document, sections }, options });
  for (const [section, { table }] of document.sections.entries()) {
    for (let at = 0; at < table.rows.length; at += SLICE) {
      tell({ kind: 'rows', section, rows: table.rows.slice(at, at + SLICE) });
      await nextTurn();
    }
  }
  tell({ kind: 'end' });
}

function failureOf(error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  return new ProblemError('too_large', 'That is too much for one file. Choose a shorter period.', {
    cause: error,
  });
}
