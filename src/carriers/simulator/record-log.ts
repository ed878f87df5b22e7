// The simulator's own book on disk: what it was given and what it told, a JSON line each, without texts.
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Clock } from '../../base/clock.ts';
import { OperatorError } from '../../base/errors.ts';
import type { InboundRecord, ReportRecord, SubmissionRecord } from './records.ts';

/** Each line is written with one call, which ends before the simulator answers: a test that kills the server can trust it. */
export interface RecordLog {
  submission(record: SubmissionRecord): void;
  report(record: ReportRecord): void;
  inbound(record: InboundRecord): void;
  close(): void;
}

/** Without a file. */
export const noRecordLog: RecordLog = { submission() {}, report() {}, inbound() {}, close() {} };

/**
 * Opens the file for appending. `ms` in its lines is the time of `clock`, the real one even where the simulator's is not.
 * @throws OperatorError when the file cannot be written.
 */
export function openRecordLog(path: string, clock: Clock): RecordLog {
  const file = openForAppending(path);
  const write = (line: object) => {
    writeSync(file, `${JSON.stringify({ ms: clock().getTime(), ...line })}\n`);
  };
  return {
    submission({ submission, carrierMessageId, failure }) {
      const { reference, attempt, sender, destination, segments } = submission;
      write({
        kind: 'submission',
        reference,
        attempt,
        sender,
        destination,
        segments,
        carrierMessageId,
        failure,
      });
    },
    report({ report: { carrierMessageId, outcome, errorCode } }) {
      write({ kind: 'report', carrierMessageId, outcome, errorCode });
    },
    inbound({ message: { carrierMessageId, sender, destination }, messageId }) {
      write({ kind: 'inbound', carrierMessageId, sender, destination, messageId });
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
