// A job as its carrier is given it. Pure.
import type { Submission } from '../../carriers/carrier.ts';
import { isShortCode, parseE164 } from '../../telecom/e164.ts';
import type { Job } from '../outbox/outbox-store.ts';

/** Returns the next attempt of a job. */
export function submissionOf(job: Job, mediaUrls: readonly string[]): Submission {
  return {
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

/** Returns a sender with its kind and country. A short code belongs to the country of its destination: it works there only. */
export function senderOf(
  sender: string,
  destinationCountry?: string,
): Pick<Submission, 'sender' | 'senderKind' | 'senderCountry'> {
  if (isShortCode(sender)) return { sender, senderKind: 'shortcode', senderCountry: destinationCountry };
  const number = parseE164(sender);
  return {
    sender,
    senderKind: number?.kind ?? 'alphanumeric',
    senderCountry: number?.countryIso2,
  };
}
