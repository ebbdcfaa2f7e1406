// The thread that has the store: it reads, adds up and writes, so that the process goes on answering others meanwhile.
import { parentPort } from 'node:worker_threads';
import { changesOf } from '../feed/change-texts.ts';
import { BinaryRows } from '../load/binary-rows.ts';
import { loadFromServer } from '../load/load-from-server.ts';
import { createLoader, type Loader } from '../load/loader.ts';
import { readParts, writeDraft } from '../snapshot-file.ts';
import { TooManyCells } from '../store/cells.ts';
import type { ColumnStore } from '../store/contract.ts';
import { createStore, storeFromBytes } from '../store/store.ts';
import type { Message, OrderKind, Orders, Reply, StoreSize } from './orders.ts';
import { packRows } from './packed-rows.ts';

type Handlers = {
  [Kind in OrderKind]: (
    order: Orders[Kind]['order'],
    onProgress: (rows: number) => void,
  ) => Orders[Kind]['answer'] | Promise<Orders[Kind]['answer']>;
};

let store: ColumnStore | null = null;
let loading: { store: ColumnStore; loader: Loader } | null = null;

const present = (): ColumnStore => {
  if (store === null) throw new Error('there is no store');
  return store;
};

function ready(made: ColumnStore): StoreSize {
  store = made;
  return made.size();
}

const handlers: Handlers = {
  open: async ({ file, header }) => ready(storeFromBytes(await readParts(file, header))),
  async load({ url, timeZone }, onProgress) {
    store = null;
    const made = createStore();
    const loader = createLoader(made);
    const snapshot = await loadFromServer(url, timeZone, loader, onProgress);
    loader.finish();
    return { ...ready(made), snapshot };
  },
  begin() {
    store = null;
    const made = createStore();
    loading = { store: made, loader: createLoader(made) };
    return null;
  },
  take({ fact, fields, bytes }) {
    if (loading === null) throw new Error('nothing is being loaded');
    const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    new BinaryRows(fields, loading.loader.take[fact]).read(block, 0, block.length);
    return { rows: loading.loader.rows };
  },
  finish() {
    if (loading === null) throw new Error('nothing is being loaded');
    loading.loader.finish();
    const made = loading.store;
    loading = null;
    return ready(made);
  },
  apply({ changes }) {
    const made = present();
    try {
      made.apply(changesOf(changes));
    } catch (error) {
      // Whatever is in it now is no copy of the database.
      store = null;
      throw error;
    }
    return made.size();
  },
  table: ({ question }) => packRows(present().table(question), question.measures),
  compact() {
    const made = present();
    made.compact();
    return made.size();
  },
  async save({ file, identity }) {
    const made = present();
    made.compact();
    return writeDraft(file, identity, made.toBytes());
  },
  forget() {
    store = null;
    loading = null;
    return null;
  },
};

const port = parentPort;
if (port === null) throw new Error('this file is a thread of the server');
const reply = (message: Reply): void => port.postMessage(message);

async function carryOut({ id, kind, order }: Message): Promise<void> {
  try {
    const handle = handlers[kind] as (order: unknown, onProgress: (rows: number) => void) => unknown;
    reply({ id, answer: await handle(order, (progress) => reply({ id, progress })) });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    reply({ id, error: text, isTooLarge: error instanceof TooManyCells });
  }
}

// One after the other, though some of them wait for files and servers.
let last = Promise.resolve();
port.on('message', (message: Message) => {
  last = last.then(() => carryOut(message));
});
