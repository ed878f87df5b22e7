// A progress bar on a terminal; nothing where nobody watches.
import type { WriteStream } from 'node:tty';

export interface Progress {
  update(done: number): void;
  finish(): void;
}

const width = 40;

/** Shows how much of `total` is done, redrawing one line whenever a percent is completed. */
export function showProgress(terminal: WriteStream, total: number): Progress {
  let shownPercent = -1;
  const update = (done: number) => {
    const percent = total === 0 ? 100 : Math.min(100, Math.floor((done / total) * 100));
    if (!terminal.isTTY || percent === shownPercent) return;
    shownPercent = percent;
    const filled = Math.round((percent / 100) * width);
    terminal.write(`\r[${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${percent}%`);
  };
  return {
    update,
    finish() {
      update(total);
      if (terminal.isTTY) terminal.write('\n');
    },
  };
}
