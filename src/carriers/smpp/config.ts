// The entry of an SMPP carrier in the carriers' file: its keys, their bounds and defaults (carriers.md section 4.1; docs/carriers.md). Pure.
import { z } from 'zod';
import type { Service } from '../../telecom/service.ts';
import { carrierName } from '../carrier-name.ts';
import { type SubmitFailure, submitFailures } from '../submit-error.ts';
import { alphabetNames } from './alphabets.ts';
import { inboundAlphabets } from './data-coding.ts';
import { addressOf } from './host-address.ts';
import { nameRules } from './message-names.ts';
import { smppPresets } from './presets.ts';
import { receiptAddresses } from './receipt.ts';

const whole = (least: number, most: number) => z.int().min(least).max(most);
const flag = (standard: boolean) => z.boolean().default(standard);
const octet = whole(0, 255);
const statusName = z
  .string()
  .regex(/^0x[0-9a-f]{2,8}$/, 'must be a status in small hexadecimal digits: 0x58');

/** `host:port`; an IPv6 address stands in brackets. */
const host = z
  .string()
  .regex(/^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):\d{1,5}$/, 'must be host:port')
  .refine((address) => isPort(addressOf(address).port), 'must have a port from 1 to 65535');

const isPort = (port: number) => port >= 1 && port <= 65_535;

/** A text of a PDU, which ends with a NUL and has an octet for each character. */
const octetText = z.string().regex(/^[ -~\u00a0-\u00ff]*$/, 'must be of printable characters of Latin-1');

/** Hosts that are this machine. */
const loopback = /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost):/;

/** Failures as they are written: `invalid_sender`. */
const failuresByName = new Map(
  (Object.keys(submitFailures) as SubmitFailure[]).map((failure) => [
    failure.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
    failure,
  ]),
);
const failure = z
  .enum([...failuresByName.keys()] as [string, ...string[]])
  .transform((name) => failuresByName.get(name) ?? 'unknown');

const address = z.strictObject({ ton: octet, npi: octet });

/** Types of number and numbering plans by the kind of an address (carriers.md section 4.3). */
const sources = z
  .strictObject({
    long: address.default({ ton: 1, npi: 1 }),
    shortcode: address.default({ ton: 3, npi: 0 }),
    alphanumeric: address.default({ ton: 5, npi: 0 }),
    prefix: z.enum(['none', 'plus', '00']).default('none'),
  })
  .prefault({});

const destinations = z
  .strictObject({
    ton: octet.default(1),
    npi: octet.default(1),
    prefix: z.enum(['none', 'plus', '00']).default('none'),
  })
  .prefault({});

const path = z.string().min(1).max(4096);

const tls = z
  .strictObject({
    ca_file: path.optional(),
    server_name: z.string().min(1).max(253).optional(),
    cert_file: path.optional(),
    key_file: path.optional(),
    min_version: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2'),
    /** May be false for a loopback address only. */
    verify: flag(true),
  })
  .refine(({ cert_file, key_file }) => cert_file === undefined || key_file !== undefined, {
    path: ['key_file'],
    error: 'is missing beside cert_file',
  })
  .refine(({ cert_file, key_file }) => key_file === undefined || cert_file !== undefined, {
    path: ['cert_file'],
    error: 'is missing beside key_file',
  });

const tag = z.string().regex(/^0x[0-9a-fA-F]{4}$/, 'must be a tag of four hexadecimal digits: 0x1400');

const tlv = z.strictObject({
  tag,
  /** A fixed text, or the name of a detail of the message. */
  value: z.string().max(255).optional(),
  from: z.enum(['dlt_entity_id', 'dlt_template_id', 'dlt_template_category']).optional(),
});

/** An entry of the type `smpp`. A preset's keys are put in before it is read (`withSmppPreset`). */
export const smppConfig = z
  .strictObject({
    type: z.literal('smpp'),
    name: carrierName,
    preset: z.enum(Object.keys(smppPresets) as [string, ...string[]]).optional(),
    hosts: z.array(host).min(1).max(16),
    system_id: octetText.min(1).max(15),
    /** Longer than the 8 octets of the specification is allowed: vendors give such passwords. */
    password: octetText.max(64),
    system_type: octetText.max(12).default(''),
    address_range: octetText.max(40).default(''),
    bind: z.enum(['transceiver', 'pair']).default('transceiver'),
    binds: whole(1, 16).default(1),
    interface_version: z.enum(['3.3', '3.4', '5.0']).default('3.4'),
    tls: tls.optional(),
    window: whole(1, 1000).default(10),
    rate: z.number().min(0).max(100_000).default(0),
    enquire_link_seconds: whole(5, 600).default(30),
    response_seconds: whole(2, 25).default(20),
    bind_seconds: whole(1, 60).default(10),
    connect_seconds: whole(1, 60).default(10),
    reconnect_seconds: z.tuple([whole(1, 600), whole(1, 3600)]).default([1, 60]),
    source: sources,
    destination: destinations,
    alphabet: z.enum(alphabetNames).default('gsm'),
    gsm_coding: octet.default(0),
    latin1_coding: octet.default(3),
    ascii_coding: octet.default(1),
    ucs2_coding: octet.default(8),
    long: z.enum(['udh8', 'udh16', 'sar', 'payload', 'refuse']).default('udh8'),
    validity: z.enum(['relative', 'absolute', 'off']).default('relative'),
    receipts: z.enum(['on', 'failure', 'all', 'off']).default('on'),
    receipt_for: z.enum(['part', 'message']).default('part'),
    receipts_in_text: flag(false),
    receipt_addresses: z.enum(receiptAddresses).default('swapped'),
    receipt_utc_offset: z
      .string()
      .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'must be an offset like +00:00')
      .default('+00:00'),
    receipt_errors: z.record(z.string(), whole(1, 9999)).default({}),
    accepted_means: z.enum(['nothing', 'delivered']).default('nothing'),
    unknown_means: z.enum(['undelivered', 'nothing']).default('undelivered'),
    message_ids: z.enum([...nameRules, 'auto']).default('auto'),
    statuses: z.record(statusName, failure).default({}),
    inbound_id_tlv: tag.optional(),
    inbound_coding: z.record(z.string().regex(/^\d{1,3}$/), z.enum(inboundAlphabets)).default({}),
    inbound_window: whole(1, 1000).default(100),
    nack_status: whole(1, 0xffff).default(0x14),
    unknown_number_status: whole(0, 0xffff).default(0),
    service_type: octetText.max(5).default(''),
    tlvs: z.array(tlv).max(20).default([]),
  })
  .refine(({ hosts, tls }) => tls?.verify !== false || hosts.every((name) => loopback.test(name)), {
    path: ['tls', 'verify'],
    error: 'may be false for loopback addresses only',
  });

export type SmppConfig = z.output<typeof smppConfig>;

/** SMPP carries text only. */
export const smppServices: readonly Service[] = ['sms'];
