import type { RecordType } from '../contracts/common.ts';

/** Something a person is told inside the product. */
export interface NewNotification {
  userId: string;
  /** what it is about: `reminder`, `assigned`, `mention`, `rule`, `rule-paused`, ... */
  kind: string;
  /** one line */
  title: string;
  body?: string | null;
  /** the record it opens */
  record?: { type: RecordType; id: string } | null;
  /** the task it opens */
  taskId?: string | null;
  /** what bears the same key is told once, however often it is posted */
  dedupeKey?: string;
}
