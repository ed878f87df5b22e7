// The file that a recording is written to, readable by its owner only.
import { open } from 'node:fs/promises';
import { OperatorError } from '../base/errors.ts';
import type { RecordedCall } from './recorded-call.ts';

/** The size at which a recording is full, in bytes. */
const maxBytes = 256 * 1024 * 1024;

export interface RecordingFile {
  /** Appends a call; returns whether there was room for it. */
  append(call: RecordedCall): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens a new file. One that is there is never added to: its masks belong to another run.
 * @throws OperatorError when it exists or cannot be made.
 */
export async function openRecordingFile(path: string): Promise<RecordingFile> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(
      error.code === 'EEXIST'
        ? `${path} is there already; each recording gets a file of its own`
        : `${path} cannot be made (${String(error.code)})`,
    );
  });
  let size = 0;
  // Writes to one handle must not overlap.
  let last: Promise<unknown> = Promise.resolve();
  return {
    append(call) {
      const line = Buffer.from(`${JSON.stringify(call)}\n`);
      if (size + line.length > maxBytes) return Promise.resolve(false);
      size += line.length;
      const written = last.then(() => file.appendFile(line));
      last = written.catch(() => {});
      return written.then(() => true);
    },
    async close() {
      await last;
      await file.close();
    },
  };
}
