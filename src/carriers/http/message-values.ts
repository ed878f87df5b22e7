// The values of templates' placeholders for one message. Pure.
import { encodingOf } from '../../telecom/encoding.ts';
import type { Submission } from '../carrier.ts';
import type { Values } from './template.ts';

/** The most that is left of a message's time, in seconds: vendors refuse more. */
const maxExpirySeconds = 48 * 3600;

interface MessageUrls {
  /** Where the carrier is to report on this message. */
  readonly reportUrl: string;
  /** Where the carrier is to bring messages from handsets. */
  readonly inboundUrl: string;
}

/** Returns the values of a message's placeholders at a moment. Numbers stand without `+`, unless the placeholder begins with it. */
export function messageValues(submission: Submission, urls: MessageUrls, now: Date): Values {
  const { sender, senderKind, destination, text, dlt, expiresAt } = submission;
  const encoding = encodingOf(text);
  const leftSeconds = Math.ceil((expiresAt.getTime() - now.getTime()) / 1000);
  const expirySeconds = Math.min(Math.max(leftSeconds, 1), maxExpirySeconds);
  const isNumber = senderKind === 'longcode' || senderKind === 'tollfree';
  return {
    reference: submission.reference,
    attempt: submission.attempt,
    sender,
    '+sender': isNumber ? `+${sender}` : sender,
    destination,
    '+destination': `+${destination}`,
    country: submission.senderCountry,
    text,
    text_utf16_hex: Buffer.from(text, 'utf16le').swap16().toString('hex'),
    media_urls: submission.mediaUrls,
    segments: submission.segments,
    encoding,
    unicode: encoding === 'ucs2',
    expires_seconds: expirySeconds,
    expires_minutes: Math.ceil(expirySeconds / 60),
    expires_at: expiresAt.toISOString(),
    report_url: urls.reportUrl,
    inbound_url: urls.inboundUrl,
    dlt_entity_id: dlt.entityId,
    dlt_template_id: dlt.templateId,
    dlt_template_category: dlt.templateCategory,
  };
}
