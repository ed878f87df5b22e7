// How an entry says what answers and webhooks mean. Pure.
import { z } from 'zod';
import { issueInWords } from '../complaint.ts';
import { type SubmitFailure, submitFailures } from '../submit-error.ts';
import { forwardIssues } from './forward-issues.ts';
import { parsed } from './parsed.ts';
import type { FailureRule, TakenRule } from './read-answer.ts';
import type { InboundRule, ReportOutcome, ReportRule } from './read-webhook.ts';
import { parseReading, parseRegex } from './reading.ts';
import { parseStatusPattern } from './status-pattern.ts';

const maxLength = 300;
const maxTable = 200;

const text = z.string().max(maxLength);
const reading = parsed(text, parseReading);
const regex = parsed(text, parseRegex);
const pointer = reading.refine((given): boolean => 'pointer' in given, 'must be a JSON pointer');
/** Returns a schema of a value, or of a list of such values. */
const oneOrMore = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(schema).min(1).max(20));

export const statusPattern = parsed(z.union([z.string().max(100), z.number()]), parseStatusPattern);

/** `taken` of an entry. */
export const takenSchema = z
  .strictObject({
    status: statusPattern.default([[200, 299]]),
    names: reading.optional(),
    also: z.strictObject({ at: reading, is: oneOrMore(z.string()) }).optional(),
  })
  .transform(({ status, names, also }): TakenRule => ({ status, names, also }));

const failures = Object.keys(submitFailures) as [SubmitFailure, ...SubmitFailure[]];

/** `failures` of an entry. */
export const failuresSchema = z
  .array(
    z
      .strictObject({
        status: statusPattern.optional(),
        body: reading.optional(),
        matches: regex.optional(),
        is: z.enum(failures),
        retry_after: reading.optional(),
      })
      .transform(
        ({ status, body, matches, is, retry_after: retryAfter }): FailureRule => ({
          status,
          body,
          matches,
          is,
          retryAfter,
        }),
      ),
  )
  .max(maxTable);

const filter = z.strictObject({ at: reading, is: oneOrMore(z.string()) });

const outcomes: [ReportOutcome, ...ReportOutcome[]] = ['delivered', 'undelivered', 'progress'];

const codeTable = z.record(z.string(), z.int().min(1).max(9999));

/** `plivo` for codes that are ours already, or a table of codes of the carrier and ours. */
const codes = z.unknown().transform((given, context): ReportRule['codes'] => {
  if (given === 'plivo') return given;
  const { success, data, error } = codeTable.safeParse(given, { error: issueInWords });
  if (success) return new Map(Object.entries(data));
  forwardIssues(error.issues, context);
  return z.NEVER;
});

/** `reports` of an entry. */
export const reportsSchema = z
  .strictObject({
    each: pointer.optional(),
    when: filter.optional(),
    reference: z.union([z.enum(['path', 'query']), reading]).default('path'),
    name: oneOrMore(reading).optional(),
    destination: reading.optional(),
    status: reading,
    code: reading.optional(),
    statuses: z.record(z.string(), z.enum(outcomes)),
    codes: codes.prefault({}),
    covers: z.enum(['message', 'part']).default('message'),
  })
  .transform(
    ({ name: names, statuses, each, when, destination, code, ...rest }): ReportRule => ({
      each,
      when,
      names: names ?? [],
      destination,
      code,
      statuses: new Map(Object.entries(statuses).map(([word, outcome]) => [word.toLowerCase(), outcome])),
      ...rest,
    }),
  );

/** `inbound` of an entry. */
export const inboundSchema = z
  .strictObject({
    each: pointer.optional(),
    when: filter.optional(),
    name: reading,
    sender: reading,
    destination: reading,
    text: reading.optional(),
    octets: z.strictObject({ hex: reading, coding: reading }).optional(),
    media: oneOrMore(reading).optional(),
    part: z.strictObject({ reference: reading, part: reading, total: reading }).optional(),
  })
  .transform(
    ({ each, when, text: words, octets, media, part, ...rest }): InboundRule => ({
      each,
      when,
      text: words,
      octets,
      media: media ?? [],
      part,
      ...rest,
    }),
  );
