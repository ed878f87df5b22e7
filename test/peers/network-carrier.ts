// An SMPP carrier on the network and on the machine's own time, for peers that are processes.
import { systemRandomBytes } from '../../src/base/id.ts';
import type { Logger } from '../../src/base/logger.ts';
import { systemTimers } from '../../src/base/timers.ts';
import type { Submission, Taken } from '../../src/carriers/carrier.ts';
import { makeConnect } from '../../src/carriers/smpp/connect.ts';
import { SmppCarrier } from '../../src/carriers/smpp/smpp-carrier.ts';
import { SubmitError, submitFailures } from '../../src/carriers/submit-error.ts';
import { Recorder } from '../carriers/recorder.ts';
import { allBinds, MemoryMarks } from '../support/smpp-carrier.ts';
import { sampleSmppConfig } from '../support/smpp-samples.ts';
import { sampleSubmission } from '../support/submissions.ts';
import { until } from '../support/until.ts';

export interface NetworkCarrier {
  readonly carrier: SmppCarrier;
  readonly recorder: Recorder;
  /** Every line of the log, as JSON. */
  readonly lines: readonly string[];
}

/** Runs a test with a carrier that was started, and stops it. */
export async function withNetworkCarrier(
  config: Readonly<Record<string, unknown>>,
  body: (running: NetworkCarrier) => Promise<void>,
): Promise<void> {
  const lines: string[] = [];
  const write = (fields: object, sentence: string) =>
    void lines.push(JSON.stringify({ ...fields, sentence }));
  const logger: Logger = { debug: write, info: write, warn: write, error: write, fatal: write };
  const entry = sampleSmppConfig(config);
  const carrier = new SmppCarrier(entry, {
    connect: makeConnect(entry, systemTimers),
    timers: systemTimers,
    logger,
    randomBytes: systemRandomBytes,
    leases: allBinds,
    marks: new MemoryMarks(),
  });
  const recorder = new Recorder();
  await carrier.start(recorder);
  try {
    await body({ carrier, recorder, lines });
  } finally {
    await carrier.stop();
  }
}

/** Waits until a carrier is bound. */
export const isUp = (carrier: SmppCarrier): Promise<void> => until(() => carrier.status().state === 'up');

/** Sends a message as the dispatcher does: refused for now, it goes again, behind the parts that were taken. Returns the names of all parts. */
export async function submitUntilTaken(carrier: SmppCarrier, submission: Submission): Promise<string[]> {
  const names: string[] = [];
  for (let attempt = 1; ; attempt++) {
    await until(() => carrier.room(submission.sender) > 0);
    const partsTaken = submission.partsTaken + names.length;
    try {
      const { parts } = await carrier.submit({ ...submission, attempt, partsTaken });
      return [...names, ...namesOf(parts)];
    } catch (error) {
      if (!(error instanceof SubmitError) || !submitFailures[error.failure].retryable) throw error;
      names.push(...namesOf(error.taken?.parts ?? []));
    }
  }
}

/** Returns so many messages, every second of which has three parts. */
export function halfInParts(count: number): Submission[] {
  return Array.from({ length: count }, (_, ordinal) =>
    sampleSubmission({
      ordinal,
      reference: `message ${ordinal}`,
      text: ordinal % 2 === 0 ? 'Hello' : 'Hello €'.repeat(50),
    }),
  );
}

/** So many messages are under way at once. */
const atOnce = 100;

/** Sends messages, a hundred at once; returns the names of all their parts, and says at what rate they were taken. */
export async function submitAll(
  carrier: SmppCarrier,
  submissions: readonly Submission[],
  say: (sentence: string) => void,
): Promise<string[]> {
  const names: string[] = [];
  const startedMs = Date.now();
  const queue = [...submissions].reverse();
  const send = async () => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      names.push(...(await submitUntilTaken(carrier, next)));
  };
  await Promise.all(Array.from({ length: atOnce }, send));
  const seconds = (Date.now() - startedMs) / 1000;
  say(
    `${submissions.length} messages of ${names.length} parts in ${seconds.toFixed(1)} s, ${Math.round(names.length / seconds)} parts a second`,
  );
  return names;
}

const namesOf = (parts: Taken['parts']): string[] => parts.map(({ name }) => name);
