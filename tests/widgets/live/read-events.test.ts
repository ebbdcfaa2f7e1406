import { describe, expect, it } from 'vitest';
import { readEvents } from '../../../widgets/live/read-events.ts';

const bodyOf = (chunks: readonly string[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
const read = async (...chunks: string[]) => {
  const seen: unknown[] = [];
  await readEvents(bodyOf(chunks), (type, data) => seen.push([type, data]));
  return seen;
};

describe('reading server-sent events', () => {
  it('tells each event once, wherever the network cuts the text', async () => {
    const text = 'retry: 3000\n\nevent: record\ndata: {"id":"ä"}\n\n: still here\n\nevent: job\ndata: [1]\n\n';
    const expected = [
      ['record', { id: 'ä' }],
      ['job', [1]],
    ];
    expect(await read(text)).toEqual(expected);
    expect(await read(...text)).toEqual(expected);
  });

  it('leaves out what the end of the stream cut off', async () => {
    expect(await read('event: record\ndata: {"id":1}\n\nevent: record\ndata: {"id"')).toEqual([['record', { id: 1 }]]);
  });
});
