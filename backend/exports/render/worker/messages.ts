import type { ExportDocument } from '../../export-document.ts';
import type { ContentOptions } from '../content.ts';

/** What a thread is told of a file; one file after the other. */
export type ToRenderThread =
  /** the tables are still empty: their rows follow, as to copy all at once would block whoever sends them */
  | { kind: 'begin'; document: ExportDocument; options: ContentOptions }
  | { kind: 'rows'; section: number; rows: (string | null)[][] }
  | { kind: 'end' };

export type FromRenderThread =
  | { kind: 'done'; content: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; message: string; stack: string | undefined };
