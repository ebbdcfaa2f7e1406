/** Reads server-sent events (WHATWG HTML, section 9.2) whose data is JSON, until the stream ends. */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  on: (type: string, data: unknown) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let waiting = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value;
    const blocks = waiting.split('\n\n');
    waiting = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) on(event.type, event.data);
    }
  }
}

function parseEvent(block: string): { type: string; data: unknown } | null {
  let type = 'message';
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) type = line.slice(7);
    else if (line.startsWith('data: ')) data += line.slice(6);
  }
  // Comments keep the connection open and say nothing.
  return data === '' ? null : { type, data: JSON.parse(data) };
}
