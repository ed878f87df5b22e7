// Records calls, masked, and writes a line about each for the person who watches.
import type { ForwardedRequest, ForwardedResponse } from './forward-request.ts';
import { Masker } from './masker.ts';
import { readRecordedBody } from './recorded-body.ts';
import type { RecordingFile } from './recording-file.ts';

export interface RecorderParts {
  readonly file: RecordingFile;
  readonly now: () => Date;
  /** Writes a line for the person who watches; it holds masked values only. */
  readonly log: (line: string) => void;
}

/** Writes calls to the file of a recording, and counts them. */
export class CallRecorder {
  readonly #parts: RecorderParts;
  readonly #masker = new Masker();
  #count = 0;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /** How many calls have been recorded. */
  get count(): number {
    return this.#count;
  }

  /** Records a call. Never fails: the disk may be full, or a body too deep to be masked, and the log says so. */
  async record(request: ForwardedRequest, response: ForwardedResponse, startedAt: Date): Promise<void> {
    try {
      await this.#append(request, response, startedAt);
    } catch (error) {
      this.logUnrecorded(request, reasonOf(error));
    }
  }

  /** Logs that a call was not recorded, and why. */
  logUnrecorded({ method, target }: ForwardedRequest, reason: string): void {
    this.#parts.log(`${method} ${this.#masker.target(target)} not recorded: ${reason}`);
  }

  async #append(request: ForwardedRequest, response: ForwardedResponse, startedAt: Date): Promise<void> {
    const { file, now, log } = this.#parts;
    const target = this.#masker.target(request.target);
    const ms = now().getTime() - startedAt.getTime();
    const isRecorded = await file.append({
      at: startedAt.toISOString(),
      method: request.method,
      target,
      request: this.#masker.body(bodyOf(request)),
      status: response.status,
      response: this.#masker.body(bodyOf(response)),
      ms,
    });
    if (isRecorded) this.#count += 1;
    const note = isRecorded ? '' : ', not recorded: the file is full';
    log(`${request.method} ${target} ${response.status} (${ms} ms${note})`);
  }
}

const bodyOf = ({ body, headers }: ForwardedRequest | ForwardedResponse) =>
  readRecordedBody(body, headers['content-type'], headers['content-encoding']);

/** Returns the reason of a failure in a few words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'it took too long';
  return 'code' in error ? String(error.code) : error.message;
}
