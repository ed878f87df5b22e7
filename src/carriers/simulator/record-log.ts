// The simulator's log file: its submissions, reports and inbound messages, one JSON line each, without message texts.
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import { OperatorError } from '../../base/errors.ts';
import type { InboundRecord, ReportRecord, SubmissionRecord } from './records.ts';

/** Writes each line with one synchronous call, before the simulator answers: after a kill, the file has everything that was answered. */
export interface RecordLog {
  submission(record: SubmissionRecord): void;
  report(record: ReportRecord): void;
  inbound(record: InboundRecord): void;
  close(): void;
}

/** Writes nothing: used where no log file is configured. */
export const noRecordLog: RecordLog = { submission() {}, report() {}, inbound() {}, close() {} };

/**
 * Returns a log that appends to the file. `ms` in its lines is the time of `clock`: the real time, also where the simulator runs on a virtual clock.
 * @throws OperatorError when the file cannot be written.
 */
export function openRecordLog(path: string, clock: Clock): RecordLog {
  const file = openForAppending(path);
  const write = (line: object) => {
    writeSync(file, `${JSON.stringify({ ms: clock().getTime(), ...line })}\n`);
  };
  return {
    submission({ submission, names, failure }) {
      const { reference, attempt, sender, destination, segments } = submission;
      write({
        kind: 'submission',
        reference,
        attempt,
        sender,
        destination,
        segments,
        carrierMessageId: names[0],
        failure,
      });
    },
    report({ report: { names, outcome, errorCode } }) {
      write({ kind: 'report', carrierMessageId: names[0], outcome, errorCode });
    },
    inbound({ message: { name, sender, destination }, messageId }) {
      write({ kind: 'inbound', name, sender, destination, messageId });
    },
    close: () => closeSync(file),
  };
}

function openForAppending(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    throw new OperatorError(`RUCKSACK_SIMULATOR_LOG: ${(error as Error).message}`);
  }
}
