// A job as its carrier is given it. Pure.
import type { Submission } from '../../carriers/carrier.ts';
import { senderOf } from '../../telecom/sender.ts';
import type { Job } from '../outbox/outbox-store.ts';

/** Returns the next attempt of a job. */
export function submissionOf(job: Job, mediaUrls: readonly string[]): Submission {
  return {
    accountId: job.accountId,
    reference: job.messageId,
    attempt: job.attempts + 1,
    ...senderOf(job.sender, job.countryIso2),
    destination: job.destination,
    service: job.service,
    text: job.text,
    segments: job.segments,
    mediaUrls,
    ordinal: job.position,
    expiresAt: job.expiresAt,
    partsTaken: job.partsTaken,
    dlt: job.dlt,
  };
}

/** Returns how many segments of a job are still to be handed over, one at least. */
export const segmentsLeft = ({ segments, partsTaken }: Job): number => Math.max(segments - partsTaken, 1);
