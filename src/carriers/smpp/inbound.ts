// A deliver_sm or data_sm as a message of the contract, or a report (carriers.md sections 4.6 to 4.8). Pure.
import { finishEscapes } from '../../telecom/gsm-escapes.ts';
import type { DeliveryReport, InboundMessage } from '../carrier.ts';
import { digitsOf, isNational } from './addresses.ts';
import { readPartHeader, readPartParameters } from './concatenation.ts';
import type { SmppConfig } from './config.ts';
import { decodeText, inboundAlphabetOf } from './data-coding.ts';
import type { DataBody, MessageBody } from './pdu.ts';
import { contentOf, type Receipt } from './receipt.ts';
import { outcomeOf, wordsOf } from './receipt-outcome.ts';
import { readDoneDate } from './receipt-text.ts';

const userDataHeader = 0x40;

/** So much of a binary message is kept for its history. */
const maxDetailOctets = 140;

/** Returns the message of a handset, or the part of one, under a name. Binary content has no text; the history gets its octets. */
export function readInbound(body: MessageBody | DataBody, name: string, config: SmppConfig): InboundMessage {
  const content = contentOf(body);
  const hasHeader = (body.esmClass & userDataHeader) !== 0;
  const header = hasHeader ? readPartHeader(content) : { headerOctets: 0, part: undefined };
  const { headerOctets } = header;
  const part = header.part ?? readPartParameters(body.tlvs);
  const alphabet = inboundAlphabetOf(body.dataCoding, config.alphabet, config.inbound_coding);
  const text = decodeText(content.subarray(headerOctets), alphabet, headerOctets);
  const isBinary = alphabet === 'binary' && content.length > headerOctets;
  return {
    name,
    sender: digitsOf(body.source),
    ...(isNational(body.source) ? { senderIsNational: true } : {}),
    destination: digitsOf(body.destination),
    service: 'sms',
    // A character of a part may go on in the next one; the parts are joined where they are stored.
    text: part === undefined ? finishEscapes(text) : text,
    mediaUrls: [],
    ...(part === undefined ? {} : { part }),
    ...(isBinary ? { detail: `binary: ${hexOf(content.subarray(0, maxDetailOctets))}` } : {}),
  };
}

/** Returns the report that a receipt makes. `names` are those that its message may have been given. */
export function readReport(
  receipt: Receipt,
  names: readonly string[],
  config: SmppConfig,
  now: Date,
): DeliveryReport {
  const rules = {
    acceptedMeans: config.accepted_means,
    unknownMeans: config.unknown_means,
    receiptErrors: config.receipt_errors,
  };
  return {
    names,
    reference: undefined,
    destination: receipt.destination === '' ? undefined : receipt.destination,
    sender: receipt.sender === '' ? undefined : receipt.sender,
    covers: config.receipt_for,
    detail: wordsOf(receipt),
    at: readDoneDate(receipt.doneDate, offsetMinutes(config.receipt_utc_offset), now),
    ...outcomeOf(receipt, rules),
  };
}

/** Reads `+05:30`. */
function offsetMinutes(written: string): number {
  const [hours = 0, minutes = 0] = written.slice(1).split(':').map(Number);
  return (hours * 60 + minutes) * (written.startsWith('-') ? -1 : 1);
}

const hexOf = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
