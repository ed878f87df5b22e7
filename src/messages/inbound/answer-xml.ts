// Reads what a customer answers to an inbound message: Message XML, or nothing (wire-data-plane section 12). Pure.
import { DOMParser, type Element, onErrorStopParsing, ParseError } from '@xmldom/xmldom';
import type { Service } from '../../telecom/service.ts';
import type { WebhookMethod } from '../../webhooks/webhook.ts';
import { mendXml, notWellFormed } from './mend-xml.ts';

/** A message that the customer wants sent in return. */
export interface AnsweredMessage {
  /** As written; without one, the number that the inbound message came to sends. */
  readonly sender: string | undefined;
  /** As written; empty for the sender of the inbound message. */
  readonly destinations: readonly string[];
  readonly service: Service;
  /** The URL of its status callbacks. */
  readonly callbackUrl: string | undefined;
  readonly callbackMethod: WebhookMethod;
  /** Never empty. */
  readonly text: string;
}

/** A message that cannot be sent: its place among those of the answer, from 1, and what is wrong with it, quoting nothing of it. */
interface UnreadableMessage {
  readonly place: number;
  readonly why: string;
}

type Answer =
  | {
      readonly kind: 'messages';
      readonly messages: readonly AnsweredMessage[];
      readonly unreadable: readonly UnreadableMessage[];
    }
  /** No reply is wanted: there is no body, or a `Response` without anything in it. */
  | { readonly kind: 'none' }
  /** Something else than Message XML, of which nothing is sent. `why` quotes nothing of it, so it can be logged. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** In UTF-16 units. The longest text fits forty times. */
const maxBodyLength = 65_536;
const tooLong = `it is longer than ${maxBodyLength} characters`;
const maxMessages = 100;

/** The first byte of a gzip file (RFC 1952 section 2.3.1), which no XML may hold. */
const gzipStart = '\x1f';

/**
 * Reads an answer by its body, already decoded. What counts is that it is Message XML, well-formed and with the root `Response`:
 * frameworks send XML as `text/html` or without a type, so `Content-Type` says nothing about it. Names of elements and attributes
 * count in any case. Elements other than `Message` directly in `Response` do not count. Each message is read for itself: one that
 * is not understood does not hold up the others. A document type is refused, so there are no entities to expand and nothing to
 * fetch.
 */
export function readAnswer(body: string): Answer {
  const xml = body.trim();
  if (xml === '') return { kind: 'none' };
  if (xml.startsWith(gzipStart))
    return unreadable('it is compressed, although the call asks for it as it is');
  if (!xml.startsWith('<')) return unreadable('it is not XML');
  if (xml.length > maxBodyLength) return unreadable(tooLong);
  if (xml.includes('\ufffd')) return unreadable('it is not encoded as it says');

  const mended = mendXml(xml, 'Response');
  if ('why' in mended) return unreadable(mended.why);
  if (mended.xml.length > maxBodyLength) return unreadable(tooLong);
  const root = readRoot(mended.xml);
  if (root === undefined) return unreadable(notWellFormed);

  const elements = [...root.children].filter(({ nodeName }) => nodeName.toLowerCase() === 'message');
  if (elements.length === 0)
    return isEmpty(root) ? { kind: 'none' } : unreadable('its Response has no Message');
  if (elements.length > maxMessages) return unreadable(`it has more than ${maxMessages} messages`);
  const read = elements.map(readMessage);
  return {
    kind: 'messages',
    messages: read.filter((message) => typeof message !== 'string'),
    unreadable: read.flatMap((why, index) => (typeof why === 'string' ? { place: index + 1, why } : [])),
  };
}

function unreadable(why: string): Answer {
  return { kind: 'unreadable', why };
}

/** Returns the root element of a document; `undefined` if it is not well-formed. */
function readRoot(xml: string): Element | undefined {
  try {
    const parser = new DOMParser({ onError: onErrorStopParsing, locator: false });
    return parser.parseFromString(xml, 'application/xml').documentElement ?? undefined;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** Returns whether an element holds nothing but white space and comments. */
function isEmpty(element: Element): boolean {
  return element.children.length === 0 && (element.textContent ?? '').trim() === '';
}

/** Returns the message that an element spells, or in words its mistake. */
function readMessage(element: Element): AnsweredMessage | string {
  const text = (element.textContent ?? '').trim();
  const sender = readAttribute(element, 'src');
  const destinations = readAttribute(element, 'dst') ?? '';
  const service = readAttribute(element, 'type')?.toLowerCase() ?? 'sms';
  const callbackUrl = readAttribute(element, 'callbackUrl');
  const callbackMethod = readAttribute(element, 'callbackMethod')?.toUpperCase() ?? 'POST';

  if (text === '') return 'it has no text';
  if (service !== 'sms' && service !== 'mms') return 'its type is neither sms nor mms';
  if (callbackMethod !== 'GET' && callbackMethod !== 'POST')
    return 'its callbackMethod is neither GET nor POST';
  if (forbidden.test([text, sender, destinations, callbackUrl].join()))
    return 'it has a character that XML forbids';
  return {
    sender,
    destinations: destinations
      .split('<')
      .map((destination) => destination.trim())
      .filter((destination) => destination !== ''),
    service,
    callbackUrl,
    callbackMethod,
    text,
  };
}

/** Characters that no XML document may hold, written or as a reference (XML 1.0 section 2.2); the parser lets them pass. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Returns an attribute, its name in any case, without the white space around it; an empty one counts as none. */
function readAttribute(element: Element, name: string): string | undefined {
  const attribute = [...element.attributes].find(
    ({ nodeName }) => nodeName.toLowerCase() === name.toLowerCase(),
  );
  return attribute?.value.trim() || undefined;
}
