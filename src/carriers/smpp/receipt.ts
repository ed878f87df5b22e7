// Tells delivery receipts from messages, and reads them: deliver_sm and data_sm (SMPP 3.4 section 5.2.12, appendix B; carriers.md section 4.6). Pure.
import type { DataBody, MessageBody } from './pdu.ts';
import type { ReceiptFacts } from './receipt-outcome.ts';
import { readReceiptText, receiptCharacters } from './receipt-text.ts';
import { readInteger, readText, tags } from './tlvs.ts';

/** The content of a carrier's PDU. An acknowledgement is of a handset or its user, and means nothing to a message's status. */
export type Kind = 'message' | 'receipt' | 'acknowledgement';

/** Bits of esm_class that say what a PDU brings. */
const kindBits = 0x3c;
const receiptKind = 0x04;
const intermediateKind = 0x20;
const acknowledgementKinds = new Set([0x08, 0x10]);

const receiptLooks = /^\s*id:\s*\S+ .*\bstat:/i;

/** Returns the content of a PDU: its short_message, or the parameter message_payload, which is used where the other is empty. */
export function contentOf(body: MessageBody | DataBody): Uint8Array {
  const short = 'shortMessage' in body ? body.shortMessage : new Uint8Array();
  return short.length > 0 ? short : (body.tlvs.get(tags.messagePayload) ?? short);
}

/** Returns what a PDU brings. With `inText`, a text that looks like a receipt is one although nothing else says so. */
export function kindOf(body: MessageBody | DataBody, inText: boolean): Kind {
  const kind = body.esmClass & kindBits;
  const hasState = readInteger(body.tlvs, tags.messageState) !== undefined;
  if (kind === receiptKind || kind === intermediateKind) return 'receipt';
  if (hasState && readText(body.tlvs, tags.receiptedMessageId) !== undefined) return 'receipt';
  if (acknowledgementKinds.has(kind)) return 'acknowledgement';
  return inText && receiptLooks.test(receiptCharacters(contentOf(body))) ? 'receipt' : 'message';
}

export interface Receipt extends ReceiptFacts {
  /** Names of the message as the receipt gives them: of the parameter, then of the text. */
  readonly ids: readonly string[];
  readonly doneDate: string | undefined;
  /** The destination and the sender of the message that it is about. */
  readonly destination: string;
  readonly sender: string;
}

/** Whether a receipt goes the way back, from the destination of its message, or has its addresses as the message had them. */
export const receiptAddresses = ['swapped', 'kept'] as const;
export type ReceiptAddresses = (typeof receiptAddresses)[number];

/** Reads a receipt: parameters go before the text. */
export function readReceipt(body: MessageBody | DataBody, addresses: ReceiptAddresses): Receipt {
  const [destination, sender] =
    addresses === 'swapped' ? [body.source, body.destination] : [body.destination, body.source];
  const { id, stat, err, doneDate } = readReceiptText(receiptCharacters(contentOf(body)));
  const ids = [readText(body.tlvs, tags.receiptedMessageId), id].filter((given) => given !== undefined);
  return {
    ids: [...new Set(ids)],
    stat,
    err,
    doneDate,
    messageState: readInteger(body.tlvs, tags.messageState),
    networkError: body.tlvs.get(tags.networkErrorCode),
    isIntermediate: (body.esmClass & kindBits) === intermediateKind,
    destination: destination.digits.replace(/^\+/, ''),
    sender: sender.digits.replace(/^\+/, ''),
  };
}
