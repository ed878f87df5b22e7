// Wire names of the simulator's and the clock's endpoints: extensions, named in the vendor's style.
import { type Static, Type } from 'typebox';
import type { InboundMessage } from '../carriers/carrier.ts';
import type { ReportRecord, SubmissionRecord } from '../carriers/simulator/records.ts';
import type { RuleBook } from '../carriers/simulator/rule-book.ts';
import {
  maxPatternLength,
  maxRules,
  reportKinds,
  submitKinds,
  writeFailure,
  writeRule,
} from '../carriers/simulator/rule-format.ts';
import { maxUrlLength } from '../http/callable-url.ts';
import { pageParameters } from '../http/page.ts';
import { isoMicroseconds, NumberSegment, Uuid } from '../http/schemas.ts';

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

const service = Type.Enum(['sms', 'mms'], { description: 'Service of the message.' });

const pattern = Type.Optional(
  Type.String({
    maxLength: maxPatternLength,
    description: '`*` stands for any characters, `?` for one.',
  }),
);

/** Published in full; `carriers/simulator/rule-format.ts` reads it, here and from a file. */
export const SimulatorRuleBody = Type.Object({
  match: Type.Object(
    {
      destination: pattern,
      sender: pattern,
      service: Type.Optional(service),
      text: Type.Optional(Type.String({ description: 'A part of the text, in any case.' })),
    },
    { description: 'Conditions on a message; omitted ones match every message.' },
  ),
  share: Type.Number({ description: 'Part of the matching messages that the rule decides, 0 to 1.' }),
  times: nullable(Type.Integer({ description: 'How many messages it decides in all.' })),
  throttle: nullable(Type.Integer({ description: 'Messages a second; the others are throttled.' })),
  submit: Type.Enum([...submitKinds], { description: 'Whether the carrier takes it, or how it fails.' }),
  outage_ms: Type.Integer({ description: 'With `disconnected`: how long there is no connection.' }),
  report: Type.Enum([...reportKinds], {
    description: 'The outcome that is reported; `lost` sends no report.',
  }),
  error_code: Type.Integer({ description: 'Error code of an undelivered message.' }),
  delay_ms: Type.Array(Type.Integer(), { description: 'Least and most time from acceptance to report.' }),
  duplicates: Type.Integer({ description: 'How often the report is repeated.' }),
  overtake: Type.Boolean({
    description: 'Whether the report is delivered before the answer to the submission.',
  }),
  in_parts: Type.Boolean({
    description: 'Whether each segment of an SMS has an id and a report of its own.',
  }),
  parts_taken: Type.Integer({
    description: 'With `in_parts` and a failure: how many parts are accepted before it.',
  }),
  late_ms: Type.Integer({
    description:
      'With `unanswered` or `lost_in_flight`: after how long the answer comes all the same; 0 is never.',
  }),
  progress: Type.Boolean({ description: 'Whether an intermediate state is reported first.' }),
});

export const SimulatorRulesBody = Type.Object({
  rules: Type.Array(SimulatorRuleBody),
  decided: Type.Array(Type.Integer(), { description: 'Messages that each rule has decided.' }),
});

export const SimulatorRuleInput = Type.Partial(SimulatorRuleBody);

const ruleScope = Type.Optional(
  Type.Enum(['server', 'account'], {
    default: 'server',
    description:
      'Whose rules: those of the server, or those of the account, which are for its own messages and are tried first. Default server.',
  }),
);

export const RuleScopeInput = Type.Object({ scope: ruleScope });

export const ReplaceRulesInput = Type.Object({
  scope: ruleScope,
  // `readRules` checks them: it is stricter (unknown names are errors) and its messages are more exact.
  rules: Type.Array(Type.Unknown(), {
    publishedItems: SimulatorRuleInput,
    maxItems: maxRules,
    description: 'Rules as they are shown, in the order in which they are tried. Any name may be left out.',
  }),
});

export function rulesToWire({ rules, decided }: RuleBook) {
  return { rules: rules.map(writeRule), decided };
}

export const ListSubmissionsInput = Type.Object({
  message_uuid: Type.Optional(Type.String({ ...Uuid, description: 'Only those of this message.' })),
  ...pageParameters,
});

export const SimulatorSubmissionBody = Type.Object({
  attempt: Type.Integer(),
  carrier_message_id: nullable(Type.String()),
  dst: Type.String(),
  failure: nullable(Type.String()),
  media_urls: Type.Array(Type.String()),
  message_uuid: Type.String(),
  reports: Type.Array(
    Type.Object({
      error_code: nullable(Type.Integer()),
      outcome: Type.Enum(['delivered', 'undelivered', 'progress']),
      reported_at: Type.String(),
    }),
  ),
  src: Type.String(),
  submitted_at: Type.String(),
  text: Type.String(),
  type: service,
  units: Type.Integer(),
});

export function submissionToWire(
  { at, submission, names, failure }: SubmissionRecord,
  reports: readonly ReportRecord[],
) {
  return {
    attempt: submission.attempt,
    carrier_message_id: names[0] ?? null,
    dst: submission.destination,
    failure: failure === undefined ? null : writeFailure(failure),
    media_urls: submission.mediaUrls,
    message_uuid: submission.reference,
    reports: reports.map(({ at: reportedAt, report }) => ({
      error_code: report.errorCode ?? null,
      outcome: report.outcome,
      reported_at: isoMicroseconds(reportedAt),
    })),
    src: submission.sender,
    submitted_at: isoMicroseconds(at),
    text: submission.text,
    type: submission.service,
    units: submission.segments,
  };
}

export const HandsetPath = Type.Object({ number: NumberSegment });

const maxMediaUrls = 10;

const MediaUrl = Type.String({
  pattern: '^https?://\\S+$',
  maxLength: maxUrlLength,
  expected: `an address that begins with http:// or https://, of at most ${maxUrlLength} characters`,
});

export const HandsetMessageInput = Type.Object({
  dst: Type.String({ maxLength: 40, description: 'The number or short code that it is sent to.' }),
  text: Type.Optional(Type.String({ maxLength: 1600, description: 'The text; empty with media only.' })),
  type: Type.Optional(service),
  media_urls: Type.Optional(
    Type.Array(MediaUrl, {
      maxItems: maxMediaUrls,
      description: 'Addresses of media; makes it an MMS.',
    }),
  ),
});

export const HandsetMessageBody = Type.Object({
  message: Type.String(),
  message_uuid: Type.Array(Type.String()),
});

/** Reads a handset's message, without its numbers: these are parsed separately. */
export function messageFromWire(
  input: Static<typeof HandsetMessageInput>,
): Pick<InboundMessage, 'service' | 'text' | 'mediaUrls'> {
  const mediaUrls = input.media_urls ?? [];
  return { service: input.type ?? (mediaUrls.length > 0 ? 'mms' : 'sms'), text: input.text ?? '', mediaUrls };
}

/** A leap year: the longest advance in one request. */
const maxAdvanceSeconds = 366 * 24 * 3600;

export const TurnClockInput = Type.Object({
  action: Type.Enum(['freeze', 'resume', 'advance'], {
    description:
      '`advance` moves the time by `seconds` and `milliseconds`, and runs all that falls due on the way before it answers.',
  }),
  seconds: Type.Optional(
    Type.Integer({ minimum: 0, maximum: maxAdvanceSeconds, description: 'How far to advance.' }),
  ),
  milliseconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 1_000_000_000,
      description: 'How far to advance, beside `seconds`.',
    }),
  ),
});

export const ClockBody = Type.Object({ frozen: Type.Boolean(), time: Type.String() });

export function clockToWire({ now, isFrozen }: { readonly now: () => Date; readonly isFrozen: boolean }) {
  return { frozen: isFrozen, time: isoMicroseconds(now()) };
}
