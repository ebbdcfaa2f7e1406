import { parentPort } from 'node:worker_threads';
import type { ExportDocument } from '../../export-document.ts';
import { type ContentOptions, contentOf } from '../content.ts';
import type { FromRenderThread, ToRenderThread } from './messages.ts';

const port = parentPort;
if (!port) throw new Error('This file is run as a thread.');

let current: { document: ExportDocument; options: ContentOptions } | null = null;

async function finish(): Promise<FromRenderThread> {
  try {
    if (!current) throw new Error('A file ended that never began.');
    const { document, options } = current;
    current = null;
    // In memory of its own, so that it can be handed over instead of copied.
    return { kind: 'done', content: new Uint8Array(await contentOf(document, options)) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'failed', message, stack };
  }
}

port.on('message', (message: ToRenderThread) => {
  switch (message.kind) {
    case 'begin':
      current = { document: message.document, options: message.options };
      return;
    case 'rows':
      current?.document.sections[message.section]?.table.rows.push(...message.rows);
      return;
    case 'end':
      void finish().then((answer) => port.postMessage(answer, answer.kind === 'done' ? [answer.content.buffer] : []));
      return;
    default:
      message satisfies never;
  }
});
