import type { ChangeTexts } from '../feed/change-texts.ts';
import type { LoadedFact } from '../load/loader.ts';
import type { FileHeader, FileIdentity } from '../snapshot-file.ts';
import type { StoreQuestion } from '../store/contract.ts';

/** What the thread of the store is told to do, in this order; each order is answered. */
export interface Orders {
  /** Takes the store of a file. */
  open: { order: { file: string; header: FileHeader }; answer: StoreSize };
  /** Reads all facts of a PostgreSQL server; told rows on the way. */
  load: { order: { url: string; timeZone: string }; answer: StoreSize & { snapshot: string } };
  /** The same in pieces that are handed over: rows of one COPY each. */
  begin: { order: object; answer: null };
  take: { order: { fact: LoadedFact; fields: number; bytes: Uint8Array }; answer: { rows: number } };
  finish: { order: object; answer: StoreSize };
  apply: { order: { changes: ChangeTexts }; answer: StoreSize };
  /** Answers packed cells. */
  table: { order: { question: StoreQuestion }; answer: string };
  /** Merges what was applied into the sorted columns. */
  compact: { order: object; answer: StoreSize };
  /** Writes a draft of a file; answers its name. */
  save: { order: { file: string; identity: FileIdentity }; answer: string };
  /** Gives the memory back. */
  forget: { order: object; answer: null };
}
export type OrderKind = keyof Orders;

export interface StoreSize {
  rows: number;
  bytes: number;
}

export type Message = { id: number; kind: OrderKind; order: Orders[OrderKind]['order'] };
export type Reply = { id: number } & (
  | { answer: unknown }
  /** isTooLarge: TooManyCells */
  | { error: string; isTooLarge: boolean }
  | { progress: number }
);
