import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a command is: a bar on a terminal, a line for each tenth elsewhere. */
export function showProgress(out: NodeJS.WriteStream): {
  update(done: number, total: number): void;
  stop(): void;
} {
  if (out.isTTY) {
    const bar = new SingleBar(
      { stream: out, format: '{bar} {percentage}% | {value} of {total} rows | {eta_formatted} left', hideCursor: true },
      Presets.shades_classic,
    );
    let isStarted = false;
    return {
      update(done, total) {
        if (!isStarted) bar.start(total, done);
        isStarted = true;
        bar.setTotal(total); // may be a guess at first
        bar.update(done);
      },
      stop: () => bar.stop(),
    };
  }
  let shownTenth = 0;
  return {
    update(done, total) {
      const tenth = total === 0 ? 10 : Math.floor((done / total) * 10);
      if (tenth <= shownTenth) return;
      shownTenth = tenth;
      out.write(`${done} of ${total} rows\n`);
    },
    stop() {},
  };
}
