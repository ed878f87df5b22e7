// The parameters of the vendor's inbound callback (wire-data-plane section 11). Pure.
import type { InboundMessage } from '../../carriers/carrier.ts';
import type { Intent } from '../../powerpacks/keywords/keywords.ts';
import type { WebhookParameters } from '../../webhooks/webhook.ts';
import type { Message } from '../message.ts';

/** Returns the parameters of the callback for an inbound message: the whole of it, whatever is stored. */
export function inboundCallbackParameters(
  message: Message,
  { text, mediaUrls }: Pick<InboundMessage, 'text' | 'mediaUrls'>,
  intent: Intent | undefined,
): WebhookParameters {
  const isPicture = message.service === 'mms';
  return [
    ['MessageUUID', message.id],
    ['From', message.sender],
    ['To', message.destination],
    ['Type', message.service],
    // The vendor's own tutorials read `Text` of picture messages too.
    ['Text', text],
    ...(isPicture ? ([['Body', text]] as const) : []),
    ['Units', String(message.segments)],
    ['TotalRate', '0.00000'],
    ['TotalAmount', '0.00000'],
    // The vendor tells no intent of picture messages; one without a picture may have one all the same.
    ...(isPicture && intent === undefined ? [] : ([['MessageIntent', intent ?? '']] as const)),
    ['PowerpackUUID', message.powerpackUuid ?? ''],
    ...(isPicture
      ? ([
          ['MediaCount', String(mediaUrls.length)],
          ...mediaUrls.map((url, index) => [`Media${index}`, url] as const),
          ['ErrorCode', ''],
        ] as const)
      : []),
  ];
}
