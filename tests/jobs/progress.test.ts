import { describe, expect, it } from 'vitest';
import { createProgress } from '../../backend/jobs/progress.ts';

function recorder() {
  const writes: [number, number | null][] = [];
  const time = { now: 0 };
  const progress = createProgress({
    clock: () => time.now,
    everyMs: 250,
    async write(done, total) {
      writes.push([done, total]);
    },
  });
  return { progress, writes, time };
}

describe('progress', () => {
  it('writes the first report at once and holds the next back', async () => {
    const { progress, writes, time } = recorder();
    await progress.report(1, 100);
    time.now = 249;
    await progress.report(2, 100);
    expect(writes).toEqual([[1, 100]]);
    time.now = 250;
    await progress.report(3);
    expect(writes).toEqual([
      [1, 100],
      [3, 100],
    ]);
  });

  it('writes what was held back, once, when flushed', async () => {
    const { progress, writes } = recorder();
    await progress.report(1, null);
    await progress.report(2);
    await progress.flush();
    await progress.flush();
    expect(writes).toEqual([
      [1, null],
      [2, null],
    ]);
  });
});
