// The names that the API gives to the health of URLs and to their pauses: extensions of ours, in the vendor's style.
import { type Static, Type } from 'typebox';
import { maxUrlLength } from '../http/callable-url.ts';
import { isoMicroseconds } from '../http/schemas.ts';
import type { UrlHealth } from './url-health.ts';

const nullableText = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

export const WebhookUrlBody = Type.Object({
  delivered: Type.Integer(),
  failed: Type.Integer({ description: 'Calls that failed for good.' }),
  failing_since: nullableText(
    'When the first call was queued of those that have not been delivered since the last that was; null while nothing fails.',
  ),
  last_delivered_on: nullableText('When the last call was queued that was delivered.'),
  last_error: nullableText('Why an attempt failed, of the newest call that has not been delivered.'),
  paused_on: nullableText('null while calls are made.'),
  url: Type.String(),
  waiting: Type.Integer({
    description: 'Calls that wait: to be made, to be tried again, or for the end of the pause.',
  }),
});
export const WebhookUrlListBody = Type.Object({ objects: Type.Array(WebhookUrlBody) });

export const WebhookUrlInput = Type.Object({
  url: Type.String({
    minLength: 1,
    maxLength: maxUrlLength,
    trim: true,
    description: 'The URL as it was given with messages and applications.',
  }),
});

export const PausedBody = Type.Object({ message: Type.Literal('paused') });
export const ResumedBody = Type.Object({
  calls: Type.Integer({
    description: 'Calls that waited, and are made now: up to 10,000. Others follow them.',
  }),
  message: Type.Literal('resumed'),
});

const timeOf = (moment: Date | undefined) => (moment === undefined ? null : isoMicroseconds(moment));

export const urlHealthToWire = (health: UrlHealth): Static<typeof WebhookUrlBody> => ({
  delivered: health.delivered,
  failed: health.failed,
  failing_since: timeOf(health.failingSince),
  last_delivered_on: timeOf(health.lastDeliveredAt),
  last_error: health.lastError ?? null,
  paused_on: timeOf(health.pausedAt),
  url: health.url,
  waiting: health.waiting,
});
