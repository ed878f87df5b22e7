// A submission as the fields of its submit_sm PDUs, one a part (SMPP 3.4 section 4.4.1; carriers.md sections 4.3 and 4.4). Pure.
import type { Submission } from '../carrier.ts';
import { SubmitError } from '../submit-error.ts';
import { destinationOf, sourceOf } from './addresses.ts';
import { encodeText, type WireAlphabet, wireAlphabetOf } from './alphabets.ts';
import { type PartNumber, partHeader, partParameters } from './concatenation.ts';
import type { SmppConfig } from './config.ts';
import { fillBitsBehind } from './data-coding.ts';
import { packSeptets } from './gsm-alphabet.ts';
import type { MessageBody, Tlvs } from './pdu.ts';
import { absoluteValidity, relativeValidity } from './smpp-time.ts';
import { type PartSizes, splitText } from './split-text.ts';
import { tags, twoOctets } from './tlvs.ts';

/** Fields that an SMSC has refused since its session began, and that are left out for the rest of it. */
export interface LeftOut {
  readonly validity: boolean;
  readonly tlvs: boolean;
}

/** Room of a part beside a header of 6 octets, and of 7 (3GPP TS 23.040 section 9.2.3.24). */
const sizes: Readonly<Record<'udh8' | 'udh16', Readonly<Record<'septets' | 'ucs2', PartSizes>>>> = {
  udh8: { septets: { alone: 160, joined: 153 }, ucs2: { alone: 70, joined: 67 } },
  udh16: { septets: { alone: 160, joined: 152 }, ucs2: { alone: 70, joined: 66 } },
};

/** Numbers of parts are one octet. */
const maxParts = 255;

const userDataHeader = 0x40;
const registered = { on: 1, failure: 2, all: 0x11, off: 0 } as const;

/**
 * Returns the fields of each part of a message, those that were handed over before included. The same submission gives the same octets at
 * each attempt but for `validity_period`: the reference number is the message's own.
 * Throws SubmitError `tooLong` where the carrier takes no parts, or not so many.
 */
export function submitBodies(
  submission: Submission,
  config: SmppConfig,
  now: Date,
  leftOut: LeftOut,
): MessageBody[] {
  const alphabet = wireAlphabetOf(submission.text, config.alphabet);
  const whole: MessageBody = {
    serviceType: config.service_type,
    source: sourceOf(submission.sender, submission.senderKind, config),
    destination: destinationOf(submission.destination, config),
    esmClass: 0,
    protocolId: 0,
    priority: 0,
    scheduleDeliveryTime: '',
    validityPeriod: leftOut.validity ? '' : validityOf(submission, config, now),
    registeredDelivery: registered[config.receipts],
    replaceIfPresent: 0,
    dataCoding: codingOf(alphabet, config),
    defaultMessageId: 0,
    shortMessage: new Uint8Array(),
    tlvs: tlvsOf(submission, config, leftOut),
  };
  const texts = splitText(submission.text, alphabet === 'ucs2', sizesOf(alphabet, config));
  if (texts.length === 1)
    return [{ ...whole, shortMessage: contentOf(submission.text, alphabet, config, 0) }];
  if (config.long === 'payload') return [withPayload(whole, contentOf(submission.text, alphabet, config, 0))];
  if (config.long === 'refuse' || texts.length > maxParts) {
    throw new SubmitError('tooLong', `the message has ${texts.length} parts, and the carrier takes fewer`);
  }
  return texts.map((text, index) => {
    const number = { reference: submission.ordinal, part: index + 1, total: texts.length };
    return withPart(whole, text, number, alphabet, config);
  });
}

function withPart(
  whole: MessageBody,
  text: string,
  number: Omit<PartNumber, 'width'>,
  alphabet: WireAlphabet,
  config: SmppConfig,
): MessageBody {
  if (config.long === 'sar') {
    const parameters = partParameters({ ...number, width: 16 });
    const tlvs = new Map([...whole.tlvs, ...parameters]);
    return { ...whole, shortMessage: contentOf(text, alphabet, config, 0), tlvs };
  }
  const header = partHeader({ ...number, width: config.long === 'udh16' ? 16 : 8 });
  const content = contentOf(text, alphabet, config, header.length);
  return { ...whole, esmClass: userDataHeader, shortMessage: Buffer.concat([header, content]) };
}

function withPayload(whole: MessageBody, content: Uint8Array): MessageBody {
  return { ...whole, tlvs: new Map([...whole.tlvs, [tags.messagePayload, content]]) };
}

function contentOf(
  text: string,
  alphabet: WireAlphabet,
  config: SmppConfig,
  headerOctets: number,
): Uint8Array {
  const octets = encodeText(text, alphabet);
  const isPacked = alphabet === 'gsm' && config.alphabet === 'gsm-packed';
  return isPacked ? packSeptets(octets, fillBitsBehind(headerOctets)) : octets;
}

function sizesOf(alphabet: WireAlphabet, { long }: SmppConfig): PartSizes {
  return sizes[long === 'udh16' ? 'udh16' : 'udh8'][alphabet === 'ucs2' ? 'ucs2' : 'septets'];
}

function codingOf(alphabet: WireAlphabet, config: SmppConfig): number {
  switch (alphabet) {
    case 'gsm':
      return config.gsm_coding;
    case 'latin1':
      return config.latin1_coding;
    case 'ascii':
      return config.ascii_coding;
    case 'ucs2':
      return config.ucs2_coding;
  }
}

function validityOf({ expiresAt }: Submission, { validity }: SmppConfig, now: Date): string {
  switch (validity) {
    case 'relative':
      return relativeValidity(expiresAt, now);
    case 'absolute':
      return absoluteValidity(expiresAt, now);
    case 'off':
      return '';
  }
}

/** Returns the optional parameters of each part; none for SMPP 3.3, which has none. */
function tlvsOf({ ordinal, dlt }: Submission, config: SmppConfig, leftOut: LeftOut): Tlvs {
  if (config.interface_version === '3.3' || leftOut.tlvs) return new Map();
  const details = {
    dlt_entity_id: dlt.entityId,
    dlt_template_id: dlt.templateId,
    dlt_template_category: dlt.templateCategory,
  };
  const given = config.tlvs.flatMap(({ tag, value, from }) => {
    const text = from === undefined ? value : details[from];
    return text === undefined ? [] : [[Number(tag), Buffer.from(text, 'latin1')] as const];
  });
  return new Map<number, Uint8Array>([[tags.userMessageReference, twoOctets(ordinal)], ...given]);
}
