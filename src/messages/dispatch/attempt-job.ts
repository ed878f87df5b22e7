// One attempt: hands a job to its carrier, and judges what came of it.
import type { Timers } from '../../base/timers.ts';
import type { Tracer } from '../../base/tracer.ts';
import type { Carrier, Submission, Taken } from '../../carriers/carrier.ts';
import { SubmitError, type SubmitFailure } from '../../carriers/submit-error.ts';
import type { CarrierRoom } from './carrier-room.ts';
import { judgeFailure } from './judge-failure.ts';
import type { Outcome } from './record-results.ts';
import { submissionOf } from './submission.ts';
import type { LiveJob } from './take-due.ts';

/** A carrier that does not answer for so long has perhaps taken the message. Carriers give up earlier by themselves. */
const submitTimeoutMs = 30_000;

/** Failures after which a carrier takes no message at all until its operator or ours has acted. */
const deniesAll: ReadonlySet<SubmitFailure> = new Set(['misconfigured', 'noCredit']);

export interface AttemptParts {
  readonly room: Pick<CarrierRoom, 'backOff' | 'endBackoff'>;
  /** Of send slots and reports. */
  readonly timers: Pick<Timers, 'now'>;
  /** The machine's own, which no simulation turns: the carrier's answer is waited for by these. */
  readonly realTimers: Timers;
  /** Told how late after its send slot each message went to the carrier, in milliseconds. */
  readonly countSubmission: (latenessMs: number) => void;
  /** Where tracing is on. */
  readonly tracer?: Tracer | undefined;
}

/**
 * Runs one attempt of a job: hands it to its carrier, and returns how that ended.
 * @param onGone called once what is behind the job in its sender queue has its turn.
 */
export async function attemptJob(
  { queue, job, passage }: LiveJob,
  mediaUrls: readonly string[],
  onGone: () => void,
  { room, timers, realTimers, countSubmission, tracer }: AttemptParts,
): Promise<Outcome> {
  const { carrier } = passage;
  let at = timers.now();
  let pacedUntil = at;
  let isOnWay = false;
  const onWay = () => {
    if (isOnWay) return;
    isOnWay = true;
    at = timers.now();
    pacedUntil = new Date(queue.submittedAt(job, at.getTime()));
    countSubmission(Math.max(at.getTime() - job.dueAt.getTime(), 0));
    onGone();
  };
  passage.handOver();
  const span = tracer?.start('submit message', 'client', job.trace, {
    'rucksack.message_uuid': job.messageId,
    'rucksack.carrier': carrier.name,
    'rucksack.attempt': job.attempts + 1,
  });
  const outcome = await submit(carrier, submissionOf(job, mediaUrls), onWay, realTimers).then(
    (taken): Outcome => {
      // What a carrier has taken has left, whether it said so or not.
      onWay();
      return { kind: 'sent', at, taken: { ...taken, carrier: carrier.name }, pacedUntil };
    },
    (error: unknown) => {
      const isRefusal = error instanceof SubmitError && deniesAll.has(error.failure);
      if (isRefusal) room.backOff(carrier);
      return judgeFailure({ job, carrier: carrier.name, now: timers.now(), pacedUntil }, error);
    },
  );
  passage.answered();
  span?.end({ 'rucksack.outcome': outcome.kind }, 'reason' in outcome ? outcome.reason : undefined);
  if (outcome.kind === 'sent') room.endBackoff(carrier);
  return outcome;
}

/** Returns the carrier's answer, or the failure to answer in time. */
function submit(carrier: Carrier, submission: Submission, onWay: () => void, timers: Timers): Promise<Taken> {
  return new Promise((resolve, reject) => {
    const deadline = new Date(timers.now().getTime() + submitTimeoutMs);
    const cancel = timers.at(deadline, () =>
      reject(new SubmitError('unanswered', `no answer within ${submitTimeoutMs / 1000} s`)),
    );
    carrier.submit(submission, onWay).then(resolve, reject).finally(cancel);
  });
}
