import { Worker } from 'node:worker_threads';
import { TooManyCells } from '../store/cells.ts';
import type { Message, OrderKind, Orders, Reply } from './orders.ts';

/** The thread that has the store. Orders are carried out one after the other. */
export interface StoreHost {
  /** An order after the thread has ended starts another one, with no store. @throws Error when the order failed, or the thread ended; TooManyCells */
  ask<Kind extends OrderKind>(
    kind: Kind,
    order: Orders[Kind]['order'],
    onProgress?: (rows: number) => void,
  ): Promise<Orders[Kind]['answer']>;
  /** Ends the thread for good. */
  stop(): Promise<void>;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  onProgress: ((rows: number) => void) | undefined;
}

/** A thread, and who waits for it. */
interface Thread {
  worker: Worker;
  waiting: Map<number, Waiting>;
}

const STOPPED = 'the thread of the analytics store was stopped';

/**
 * Has orders carried out in a thread, which starts with the first one and keeps the process alive only while one is
 * carried out. `onLost`: the thread has ended by itself, with all that was in it.
 */
export function startStoreHost(onLost: (error: Error) => void): StoreHost {
  let thread: Thread | null = null;
  let isStopped = false;
  let lastId = 0;

  function start(): Thread {
    const worker = new Worker(new URL('./store-thread.ts', import.meta.url));
    worker.unref();
    const started: Thread = { worker, waiting: new Map() };
    worker.on('message', (reply: Reply) => answer(started, reply));
    worker.on('error', (error) => end(started, error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', () => end(started, new Error('the thread of the analytics store has ended')));
    return started;
  }

  function answer({ worker, waiting }: Thread, reply: Reply): void {
    const entry = waiting.get(reply.id);
    if ('progress' in reply) {
      entry?.onProgress?.(reply.progress);
      return;
    }
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.unref();
    if ('answer' in reply) entry?.resolve(reply.answer);
    else entry?.reject(reply.isTooLarge ? new TooManyCells() : new Error(reply.error));
  }

  function end(ended: Thread, error: Error): void {
    if (thread === ended) {
      thread = null;
      if (!isStopped) onLost(error);
    }
    for (const { reject } of ended.waiting.values()) reject(isStopped ? new Error(STOPPED) : error);
    ended.waiting.clear();
  }

  return {
    ask: (kind, order, onProgress) =>
      new Promise((resolve, reject) => {
        if (isStopped) {
          reject(new Error(STOPPED));
          return;
        }
        thread ??= start();
        const id = ++lastId;
        thread.waiting.set(id, { resolve: resolve as Waiting['resolve'], reject, onProgress });
        thread.worker.ref();
        thread.worker.postMessage({ id, kind, order } satisfies Message);
      }),
    async stop() {
      isStopped = true;
      await thread?.worker.terminate();
    },
  };
}
