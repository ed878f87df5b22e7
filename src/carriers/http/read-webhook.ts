// Reads a carrier's webhook: reports on messages, and messages from handsets. Pure.
import type { DeliveryReport, InboundMessage, InboundPart } from '../carrier.ts';
import { decodeText, inboundAlphabetOf } from '../smpp/data-coding.ts';
import { type Reading, readAll, readFirst, type Source, splitSource } from './reading.ts';

/** Which events of a webhook are meant; without it all of them. */
interface EventFilter {
  readonly at: Reading;
  readonly is: readonly string[];
}

export type ReportOutcome = DeliveryReport['outcome'];

/** Where the facts of a delivery report stand. */
export interface ReportRule {
  readonly each: Reading | undefined;
  readonly when: EventFilter | undefined;
  /** Where the report URL, or else the report, has our reference. */
  readonly reference: 'path' | 'query' | Reading;
  readonly names: readonly Reading[];
  readonly destination: Reading | undefined;
  readonly status: Reading;
  readonly code: Reading | undefined;
  /** Words of the carrier. One that is not here is progress. */
  readonly statuses: ReadonlyMap<string, ReportOutcome>;
  /** Codes of the carrier and ours; `plivo` where they are the same. */
  readonly codes: 'plivo' | ReadonlyMap<string, number>;
  readonly covers: DeliveryReport['covers'];
}

/** Where the facts of a message from a handset stand. */
export interface InboundRule {
  readonly each: Reading | undefined;
  readonly when: EventFilter | undefined;
  readonly name: Reading;
  readonly sender: Reading;
  readonly destination: Reading;
  readonly text: Reading | undefined;
  /** Goes before `text`: octets in hexadecimal, in the alphabet that a `data_coding` names. */
  readonly octets: { readonly hex: Reading; readonly coding: Reading } | undefined;
  readonly media: readonly Reading[];
  readonly part: { readonly reference: Reading; readonly part: Reading; readonly total: Reading } | undefined;
}

/** A webhook could not be read; the message says what is missing, for the carrier's log. */
export class UnreadableWebhook extends Error {}

const unknownError = 1000;
const maxEvents = 100;
const maxDetail = 200;
const maxMedia = 10;
const referencePattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Returns the delivery reports of a webhook, in its order.
 * @param pathReference what stands in the path of the report URL.
 * @throws UnreadableWebhook when a report has no status, or says of no message that it is about it.
 */
export function readReports(
  rule: ReportRule,
  source: Source,
  pathReference: string | undefined,
  at: Date,
): readonly DeliveryReport[] {
  return eventsOf(rule, source).map((event) => {
    const status = readFirst(event, rule.status);
    if (status === undefined) throw new UnreadableWebhook('the report has no status');
    const code = readFirst(event, rule.code);
    const outcome = rule.statuses.get(status.toLowerCase()) ?? 'progress';
    const names = rule.names.flatMap((name) => readFirst(event, name) ?? []);
    const reference = referenceOf(rule, event, pathReference);
    if (names.length === 0 && reference === undefined) {
      throw new UnreadableWebhook('the report names no message');
    }
    return {
      names: [...new Set(names)],
      reference,
      destination: readFirst(event, rule.destination)?.replace(/^\+/, ''),
      outcome,
      covers: rule.covers,
      errorCode: outcome === 'undelivered' ? codeOf(rule.codes, code) : undefined,
      detail: [status, code]
        .filter((word) => word !== undefined)
        .join(' ')
        .slice(0, maxDetail)
        .toWellFormed(),
      at,
    };
  });
}

/**
 * Returns the messages from handsets in a webhook, in its order.
 * @throws UnreadableWebhook when one has no name, sender or destination.
 */
export function readInbound(rule: InboundRule, source: Source): readonly InboundMessage[] {
  return eventsOf(rule, source).map((event) => {
    const mediaUrls = rule.media
      .flatMap((reading) => readAll(event, reading))
      .filter((url): url is string => url !== undefined && url !== '')
      .slice(0, maxMedia);
    return {
      name: require(event, rule.name, 'name'),
      sender: require(event, rule.sender, 'sender'),
      destination: require(event, rule.destination, 'destination'),
      service: mediaUrls.length > 0 ? 'mms' : 'sms',
      text: textOf(rule, event),
      mediaUrls,
      ...partOf(rule, event),
    };
  });
}

function eventsOf({ each, when }: Pick<ReportRule, 'each' | 'when'>, source: Source): readonly Source[] {
  const events = splitSource(source, each).slice(0, maxEvents);
  if (when === undefined) return events;
  return events.filter((event) => when.is.includes(readFirst(event, when.at) ?? ''));
}

function referenceOf(
  { reference }: ReportRule,
  event: Source,
  pathReference: string | undefined,
): string | undefined {
  const given =
    reference === 'path'
      ? pathReference
      : reference === 'query'
        ? (event.query.get('reference') ?? undefined)
        : readFirst(event, reference);
  return given !== undefined && referencePattern.test(given) ? given.toLowerCase() : undefined;
}

/** Returns our code for one of the carrier's. */
function codeOf(codes: ReportRule['codes'], code: string | undefined): number {
  if (code === undefined) return unknownError;
  if (codes !== 'plivo') return codes.get(code) ?? unknownError;
  return /^[1-9]\d{1,3}$/.test(code) ? Number(code) : unknownError;
}

function require(event: Source, reading: Reading, what: string): string {
  const value = readFirst(event, reading);
  if (value === undefined) throw new UnreadableWebhook(`the message has no ${what}`);
  return value;
}

function textOf({ text, octets }: InboundRule, event: Source): string {
  const hex = octets === undefined ? undefined : readFirst(event, octets.hex);
  if (octets === undefined || hex === undefined) return readFirst(event, text) ?? '';
  const alphabet = inboundAlphabetOf(codingOf(readFirst(event, octets.coding) ?? '0'), 'gsm', {});
  return decodeText(Buffer.from(hex, 'hex'), alphabet, 0);
}

/** Returns a `data_coding` that is written in digits or, as Jasmin does, as the octet itself. */
const codingOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : text.charCodeAt(0));

/** Returns where a part belongs; nothing where the webhook does not say it. */
function partOf({ part: rule }: InboundRule, event: Source): { readonly part?: InboundPart } {
  if (rule === undefined) return {};
  const given = readFirst(event, rule.reference);
  const part = Number(readFirst(event, rule.part));
  const total = Number(readFirst(event, rule.total));
  if (given === undefined || !Number.isInteger(part) || !Number.isInteger(total)) return {};
  // Vonage writes it in decimal or in hexadecimal; what counts is that it is the same in each part.
  const reference = /^\d+$/.test(given) ? Number(given) : Number.parseInt(given, 16);
  if (Number.isNaN(reference)) return {};
  return { part: { reference: reference % 65_536, part, total, width: 16 } };
}
