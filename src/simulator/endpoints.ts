// Endpoints of the simulator and the virtual clock: rules, submissions, handsets, time. They answer 404 unless these are on.
import { requireMainAccount } from '../accounts/scope.ts';
import { ApiError, NotNow } from '../base/errors.ts';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { VirtualClock } from '../base/virtual-clock.ts';
import type { RuleBook } from '../carriers/simulator/rule-book.ts';
import { readRules } from '../carriers/simulator/rule-format.ts';
import type { Simulator } from '../carriers/simulator/simulator.ts';
import { SubmitError } from '../carriers/submit-error.ts';
import { defineEndpoint, type Scope } from '../http/endpoint.ts';
import { listSchema, pageAnswer, pageOf } from '../http/page.ts';
import { noContent } from '../http/schemas.ts';
import { isShortCode, parseE164 } from '../telecom/e164.ts';
import { numberHint, parseNumber } from '../telecom/written-number.ts';
import { listSubmissions } from './list-submissions.ts';
import { receivesFor } from './store.ts';
import {
  ClockBody,
  clockToWire,
  HandsetMessageBody,
  HandsetMessageInput,
  HandsetPath,
  ListSubmissionsInput,
  messageFromWire,
  ReplaceRulesInput,
  RuleScopeInput,
  rulesToWire,
  SimulatorRulesBody,
  SimulatorSubmissionBody,
  submissionToWire,
  TurnClockInput,
} from './wire.ts';

/** `undefined` where this process has no simulator. */
interface SimulatorParts {
  readonly simulator: Simulator | undefined;
}

/** `undefined` where the virtual clock is off. */
interface ClockParts {
  readonly virtualClock: VirtualClock | undefined;
}

export const listSimulatorRulesEndpoint = defineEndpoint({
  summary: "Retrieve the simulator's rules",
  description: 'Those of the server, which every account has, or those of the account.',
  extension: true,
  input: RuleScopeInput,
  answers: { 200: SimulatorRulesBody },
  async handle({ scope, input }, parts: SimulatorParts) {
    return { status: 200, body: rulesToWire(rulesOf(parts, scope, input.scope)) };
  },
});

export const replaceSimulatorRulesEndpoint = defineEndpoint({
  summary: "Replace the simulator's rules",
  description:
    'The first rule that matches a message decides its outcome. A message without a matching rule is accepted at once and reported as delivered after 100 ms. Main accounts only.',
  extension: true,
  outsideDatabase: true,
  input: ReplaceRulesInput,
  answers: { 200: SimulatorRulesBody },
  async handle({ input, scope }, parts: SimulatorParts) {
    requireMainAccount(scope);
    const rules = rulesOf(parts, scope, input.scope);
    rules.replace(readRules(input.rules));
    return { status: 200, body: rulesToWire(rules) };
  },
});

export const resetSimulatorRulesEndpoint = defineEndpoint({
  summary: "Reset the simulator's rules",
  description:
    'Restores the rules of the start, of which an account has none; their counts begin at 0. Main accounts only.',
  extension: true,
  outsideDatabase: true,
  input: RuleScopeInput,
  answers: { 204: null },
  async handle({ scope, input }, parts: SimulatorParts) {
    requireMainAccount(scope);
    rulesOf(parts, scope, input.scope).reset();
    return noContent;
  },
});

export const listSimulatorSubmissionsEndpoint = defineEndpoint({
  summary: 'List submissions to the simulator',
  description:
    'The latest submissions of the account, newest first, with their delivery reports. Texts are shown as submitted, whatever part of them the message stores.',
  extension: true,
  input: ListSubmissionsInput,
  answers: { 200: listSchema(SimulatorSubmissionBody) },
  async handle({ db, scope, input }, parts: SimulatorParts) {
    const page = pageOf(input);
    const { total, shown } = await listSubmissions(
      db,
      scope,
      simulatorOf(parts).records,
      input.message_uuid,
      page,
    );
    const objects = shown.map(({ submission, reports }) => submissionToWire(submission, reports));
    return pageAnswer(`/v1/Account/${scope.accountId}/Simulator/Submission/`, page, input, total, objects);
  },
});

export const sendFromHandsetEndpoint = defineEndpoint({
  summary: 'Send a message from a handset',
  description: 'The message is received as if from a carrier.',
  extension: true,
  outsideDatabase: true,
  path: HandsetPath,
  input: HandsetMessageInput,
  announcesItself: true,
  answers: { 202: HandsetMessageBody },
  async handle({ db, scope, path, input, newId }, parts: SimulatorParts) {
    const simulator = simulatorOf(parts);
    const message = messageFromWire(input);
    if (message.text === '' && message.mediaUrls.length === 0) {
      throw new ApiError('invalid', 'text is required');
    }
    if (message.service === 'sms' && message.mediaUrls.length > 0) {
      throw new ApiError('invalid', 'media_urls needs type to be mms');
    }
    const sender = parseNumber(path.number);
    if (sender === undefined) {
      const hint = numberHint(path.number);
      throw new ApiError('invalid', `number must be a telephone number with its country code${hint}`);
    }
    const destination = isShortCode(input.dst) ? input.dst : parseE164(input.dst)?.number;
    if (destination === undefined || !(await receivesFor(db, scope, destination, sender.countryIso2))) {
      throw new ApiError('notFound', 'dst is not a number of the account');
    }
    const inbound = { ...message, name: newId(), sender: sender.number, destination };
    const messageId = await simulator.fromHandset(inbound).catch(notConnected);
    if (messageId === undefined) throw new ApiError('notFound', 'dst is not a number of the account');
    return { status: 202, body: { message: 'message(s) received', message_uuid: [messageId] } };
  },
});

const onlyVirtual = 'Only where `RUCKSACK_VIRTUAL_CLOCK` is on; off by default, and answered 404 then.';

export const getClockEndpoint = defineEndpoint({
  summary: "Retrieve the server's time",
  description: `The time, and whether it is frozen. ${onlyVirtual}`,
  extension: true,
  answers: { 200: ClockBody },
  async handle(_, parts: ClockParts) {
    return { status: 200, body: clockToWire(clockOf(parts)) };
  },
});

export const turnClockEndpoint = defineEndpoint({
  summary: "Freeze or advance the server's time",
  description: `The whole server uses this time: queues, retries, expiries, reports of the simulator. It is the time of one process. ${onlyVirtual}`,
  extension: true,
  outsideDatabase: true,
  input: TurnClockInput,
  answers: { 200: ClockBody },
  async handle(
    { scope, input },
    { inFlight, ...parts }: ClockParts & { readonly inFlight: InFlightTracker },
  ) {
    requireMainAccount(scope);
    const clock = clockOf(parts);
    if (input.action === 'freeze') clock.freeze();
    if (input.action === 'resume') clock.resume();
    if (input.action === 'advance') {
      const { seconds, milliseconds } = input;
      if (seconds === undefined && milliseconds === undefined)
        throw new ApiError('invalid', 'seconds is required');
      await clock.advance((seconds ?? 0) * 1000 + (milliseconds ?? 0), () => inFlight.idle());
    }
    return { status: 200, body: clockToWire(clock) };
  },
});

/** Throws NotNow: the simulator accepts nothing before the server has started and while it stops. */
function notConnected(error: unknown): never {
  if (!(error instanceof SubmitError)) throw error;
  throw new NotNow('the simulator is not connected: the server is starting or stopping', { cause: error });
}

const elsewhere =
  'the simulator is in the process that talks to carriers: give one process both roles (RUCKSACK_ROLES=api,dispatcher) to use it';

function simulatorOf({ simulator }: SimulatorParts): Simulator {
  if (simulator === undefined) throw new ApiError('notFound', elsewhere);
  return simulator;
}

/** Returns the rules of the server, or those of an account. */
function rulesOf(parts: SimulatorParts, { mainId }: Scope, whose: 'server' | 'account' = 'server'): RuleBook {
  const simulator = simulatorOf(parts);
  return whose === 'account' ? simulator.ownRules(mainId) : simulator.rules;
}

function clockOf({ virtualClock }: ClockParts): VirtualClock {
  if (virtualClock === undefined) throw new ApiError('notFound');
  return virtualClock;
}
