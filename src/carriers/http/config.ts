// An HTTP carrier as it is written in the carriers file and over the API, and its checked form. Pure.
import { BlockList } from 'node:net';
import { z } from 'zod';
import type { Service } from '../../telecom/service.ts';
import { carrierName } from '../carrier-name.ts';
import { issueInWords } from '../complaint.ts';
import { addNetwork } from '../networks.ts';
import { forwardIssues } from './forward-issues.ts';
import { isObject, mergePatch } from './merge-patch.ts';
import { presetNames, presets } from './presets/presets.ts';
import type { AnswerRules } from './read-answer.ts';
import type { InboundRule, ReportRule } from './read-webhook.ts';
import { failuresSchema, inboundSchema, reportsSchema, statusPattern, takenSchema } from './rules-config.ts';
import { authSchema, type SendTemplates, sendSchema } from './send-config.ts';
import { changingPlaceholders, namesIn, parseTemplate } from './template.ts';
import { makeVerification, type Verification, verifySchema } from './verify-config.ts';
import type { AuthTemplate } from './write-request.ts';

/** An HTTP carrier, checked: its templates and readings are taken apart, its secrets are there. */
export interface HttpConfig {
  readonly name: string;
  readonly type: 'http';
  readonly services: readonly Service[];
  /** By the names that stand in templates as `{secret.NAME}`. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Segments a second; 0 is no limit. */
  readonly rate: number;
  /** Requests under way at once. */
  readonly atOnce: number;
  readonly timeoutMs: number;
  /** Whether the carrier may stand in a private network. */
  readonly allowPrivate: boolean;
  /** Whether the carrier recognises a request that it was sent before. */
  readonly isIdempotent: boolean;
  readonly send: SendTemplates;
  readonly answers: AnswerRules;
  readonly reports: ReportRule | undefined;
  readonly inbound: InboundRule | undefined;
  /** Where files of messages from handsets need the carrier's credentials; without it their addresses are passed on. */
  readonly fileAccess: FileAccess | undefined;
  readonly verify: Verification | undefined;
  /** Where webhooks may come from; anywhere without it. */
  readonly allow: BlockList | undefined;
  /** The answer to a webhook. */
  readonly answer: WebhookAnswer;
}

/** Where files of messages need the carrier's credentials, which go to no other host. */
interface FileAccess {
  /** As they stand in URLs: a name, with a port where it is not that of the scheme. */
  readonly hosts: readonly string[];
  readonly auth: AuthTemplate;
}

/** The answer that a carrier expects to its webhooks. */
export interface WebhookAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const services = z
  .array(z.enum(['sms', 'mms']))
  .min(1)
  .max(2);

/** A name or password behind `secret.` in templates. */
const secretName = z.string().regex(/^\w{1,40}$/, 'must be named with letters, digits and _');

const allow = z
  .array(z.string())
  .min(1)
  .max(100)
  .transform((networks, context): BlockList => {
    const list = new BlockList();
    networks.forEach((network, index) => {
      if (!addNetwork(list, network)) {
        context.addIssue({
          code: 'custom',
          path: [index],
          message: 'must be an address or a network (203.0.113.0/24)',
        });
      }
    });
    return list;
  });

const inboundFiles = z.strictObject({
  hosts: z
    .array(
      z
        .string()
        .regex(
          /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?(:\d{1,5})?$/,
          'must be a name of a host, in small letters',
        ),
    )
    .min(1)
    .max(20),
  auth: authSchema,
});

const entry = z.strictObject({
  name: carrierName,
  type: z.literal('http'),
  preset: z.string().optional(),
  services: services.default(['sms']),
  secrets: z.record(secretName, z.string().min(1).max(1000)).default({}),
  rate: z.number().min(0).max(100_000).default(0),
  at_once: z.int().min(1).max(200).default(10),
  timeout_seconds: z.number().min(2).max(25).default(20),
  allow_private: z.boolean().default(false),
  idempotent: z.boolean().default(false),
  send: sendSchema,
  taken: takenSchema.default({ status: [[200, 299]], names: undefined, also: undefined }),
  failures: failuresSchema.default([]),
  unclear: statusPattern.default([[500, 599]]),
  reports: reportsSchema.optional(),
  inbound: inboundSchema.optional(),
  inbound_files: inboundFiles.optional(),
  verify: verifySchema.optional(),
  allow: allow.optional(),
  answer: z
    .strictObject({
      status: z.int().min(200).max(299).default(200),
      type: z.string().max(100).default('text/plain; charset=utf-8'),
      body: z.string().max(1000).default(''),
    })
    .default({ status: 200, type: 'text/plain; charset=utf-8', body: '' }),
});

/**
 * The entry of an HTTP carrier. A preset is a whole entry; what is given is merged over it (RFC 7396: objects are merged, `null`
 * removes, lists are replaced). Complaints name keys of the merged entry.
 */
export const httpConfig = z
  .looseObject({ type: z.literal('http') })
  .transform((given, context): HttpConfig => {
    const refuse = (path: PropertyKey[], message: string): HttpConfig => {
      context.issues.push({ code: 'custom', path, message, input: given });
      return z.NEVER;
    };
    const preset = typeof given.preset === 'string' ? presets.get(given.preset) : {};
    if (preset === undefined) return refuse(['preset'], `must be one of ${presetNames.join(', ')}`);
    const merged = withPreset(preset, given);
    const { success, data, error } = entry.safeParse(merged, { error: issueInWords });
    if (!success) {
      forwardIssues(error.issues, context);
      return z.NEVER;
    }
    if (data.services.includes('mms') && data.send.mms === undefined) {
      return refuse(['services'], 'has mms, and send.mms does not say how one is sent');
    }
    const used = placeholdersIn({
      send: merged.send,
      verify: merged.verify,
      files: merged.inbound_files,
    });
    const missing = used.find(
      (name) => name.startsWith('secret.') && !Object.hasOwn(data.secrets, name.slice(7)),
    );
    if (missing !== undefined)
      return refuse(['secrets', missing.slice(7)], `is missing: {${missing}} stands for it`);
    const changing = used.find((name) => changingPlaceholders.includes(name));
    if (data.idempotent && changing !== undefined) {
      return refuse(
        ['send'],
        `has {${changing}}, which changes, and idempotent requests are the same at each attempt`,
      );
    }
    return configOf(data);
  });

/** Returns an entry merged over its preset. A webhook has one proof: one that is given replaces the preset's. */
function withPreset(
  preset: object,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged = mergePatch(preset, given) as Readonly<Record<string, unknown>>;
  return isObject(given.verify) ? { ...merged, verify: given.verify } : merged;
}

/** Returns the placeholders in all texts of a document. */
function placeholdersIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return namesIn(parseTemplate(value));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(placeholdersIn) : [];
}

function configOf(given: z.output<typeof entry>): HttpConfig {
  const { name, type, secrets, rate, send, reports, inbound, taken, failures, unclear, answer } = given;
  return {
    name,
    type,
    services: given.services,
    secrets,
    rate,
    atOnce: given.at_once,
    timeoutMs: given.timeout_seconds * 1000,
    allowPrivate: given.allow_private,
    isIdempotent: given.idempotent,
    send,
    answers: { taken, failures, unclear },
    reports,
    inbound,
    fileAccess: given.inbound_files,
    verify: given.verify === undefined ? undefined : makeVerification(given.verify, secrets),
    allow: given.allow,
    answer: { status: answer.status, contentType: answer.type, body: answer.body },
  };
}
