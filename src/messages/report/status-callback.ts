// The parameters of the vendor's status callback (wire-data-plane section 10). Pure.
import type { WebhookParameters } from '../../webhooks/webhook.ts';
import { wireErrorCode } from '../error-codes.ts';
import type { Message } from '../message.ts';

/** Returns the parameters of the callback for the status that a message has now. */
export function statusCallbackParameters(message: Message): WebhookParameters {
  return [
    ['MessageUUID', message.id],
    ['From', message.sender],
    ['To', message.destination],
    ['Type', message.service],
    ['Status', message.status],
    ['Units', String(message.segments)],
    ['TotalRate', '0.00000'],
    ['TotalAmount', '0.00000'],
    ['MCC', ''],
    ['MNC', ''],
    ['ErrorCode', wireErrorCode(message.errorCode ?? null) ?? ''],
    ['ParentMessageUUID', message.id],
    ['PartInfo', '1 of 1'],
    ['Sequence', String(message.callbacks)],
    ['MessageTime', callbackTime(message.acceptedAt)],
    ['QueuedTime', callbackTime(message.acceptedAt)],
    ['SentTime', callbackTime(message.sentAt)],
    ['DeliveryReportTime', callbackTime(message.sentAt === undefined ? undefined : message.finishedAt)],
    ['requester_ip', message.requesterIp ?? ''],
    ['PowerpackUUID', message.powerpackUuid ?? ''],
  ];
}

/** Returns `YYYY-mm-dd HH:MM:SS.SSSSSS` in UTC; empty until known. */
function callbackTime(moment: Date | undefined): string {
  return moment === undefined ? '' : moment.toISOString().replace('T', ' ').replace('Z', '000');
}
