// Plivo's names for applications.
import { type Static, Type } from 'typebox';
import { maxUrlLength } from '../http/callable-url.ts';
import { pageParameters } from '../http/page.ts';
import { HttpMethod } from '../http/schemas.ts';
import { readRetrySeconds, retrySeconds } from '../webhooks/retry-wire.ts';
import type { Application, ApplicationSettings } from './application.ts';

export const ApplicationPath = Type.Object({ app_id: Type.String({ pattern: '^[A-Za-z0-9-]{1,64}$' }) });

const callbackUrl = (about: string) =>
  Type.Optional(
    Type.String({
      pattern: '^(https?://\\S+|none)$',
      maxLength: maxUrlLength,
      trim: true,
      expected: `an http or https URL of at most ${maxUrlLength} characters`,
      description: about,
    }),
  );

const flag = (about: string) => Type.Optional(Type.Boolean({ description: about }));
const authId = (about: string) =>
  Type.Optional(
    Type.String({ pattern: '^SA[A-Z0-9]{18}$', expected: 'the auth id of a subaccount', description: about }),
  );

const settings = {
  answer_url: callbackUrl('Called when a call to a number of this application is answered.'),
  answer_method: Type.Optional(HttpMethod),
  hangup_url: callbackUrl('Called when the call ends.'),
  hangup_method: Type.Optional(HttpMethod),
  fallback_answer_url: callbackUrl('Called when answer_url fails.'),
  fallback_method: Type.Optional(HttpMethod),
  message_url: callbackUrl('Called when a message arrives. For a PHLO: where the flow listens.'),
  message_method: Type.Optional(HttpMethod),
  message_retry_seconds: retrySeconds('seconds before each retry of a call to `message_url` that failed'),
  default_number_app: flag('Attach this application to numbers that are rented without naming one.'),
  default_endpoint_app: flag('Kept for the SDKs; this server has no endpoints.'),
  log_incoming_messages: flag('Keep number and text of inbound messages. Default true.'),
  public_uri: flag('Kept for the SDKs.'),
  subaccount: authId('Subaccount that the application belongs to.'),
};

export const CreateApplicationInput = Type.Object({
  app_name: Type.String({
    minLength: 1,
    maxLength: 255,
    trim: true,
    description: 'Name of the application.',
  }),
  application_type: Type.Optional(
    Type.Enum(['XML', 'PHLO'], {
      description: 'Extension: PHLO for an external flow at message_url. Default XML.',
    }),
  ),
  ...settings,
});

export const UpdateApplicationInput = Type.Object(settings);

export const ListApplicationsInput = Type.Object({
  ...pageParameters,
  subaccount: authId('Only applications of this subaccount.'),
  app_name: Type.Optional(
    Type.String({ maxLength: 255, description: 'Only applications of exactly this name.' }),
  ),
});

export const DeleteApplicationInput = Type.Object({
  cascade: flag('Accepted for the SDKs. What points at the application is detached from it in any case.'),
  new_endpoint_application: Type.Optional(
    Type.String({ maxLength: 64, description: 'Kept for the SDKs; this server has no endpoints.' }),
  ),
});

export const CreatedApplication = Type.Object({ app_id: Type.String(), message: Type.Literal('created') });

export const ApplicationBody = Type.Object({
  answer_method: Type.String(),
  answer_url: Type.String(),
  app_id: Type.String(),
  app_name: Type.String(),
  application_type: Type.Enum(['XML', 'PHLO']),
  default_app: Type.Boolean(),
  default_endpoint_app: Type.Boolean(),
  enabled: Type.Boolean(),
  fallback_answer_url: Type.String(),
  fallback_method: Type.String(),
  hangup_method: Type.String(),
  hangup_url: Type.String(),
  log_incoming_message: Type.Boolean(),
  log_incoming_messages: Type.Boolean(),
  message_method: Type.String(),
  message_retry_seconds: Type.Union([Type.Array(Type.Integer()), Type.Null()], {
    description: 'null for the usual ones: 60, 120 and 240.',
  }),
  message_url: Type.String(),
  public_uri: Type.Boolean(),
  resource_uri: Type.String(),
  sip_uri: Type.String(),
  sub_account: Type.Union([Type.String(), Type.Null()]),
});

/** Returns the settings that a caller gave, in our names; those that were not given are absent. `none` empties a URL. */
export function settingsFromWire(input: Static<typeof UpdateApplicationInput>): Partial<ApplicationSettings> {
  const url = (given: string | undefined) => (given === 'none' ? '' : given);
  const given = {
    answerUrl: url(input.answer_url),
    answerMethod: input.answer_method,
    hangupUrl: url(input.hangup_url),
    hangupMethod: input.hangup_method,
    fallbackAnswerUrl: url(input.fallback_answer_url),
    fallbackMethod: input.fallback_method,
    messageUrl: url(input.message_url),
    messageMethod: input.message_method,
    messageRetrySeconds: readRetrySeconds('message_retry_seconds', input.message_retry_seconds),
    defaultNumberApp: input.default_number_app,
    defaultEndpointApp: input.default_endpoint_app,
    logIncomingMessages: input.log_incoming_messages,
    publicUri: input.public_uri,
    subaccountId: input.subaccount,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/**
 * Returns an application for the wire, with both spellings of the log flag: PHP and Node read the singular (wire-control-plane 10.2).
 */
export function applicationToWire(application: Application) {
  return {
    answer_method: application.answerMethod,
    answer_url: application.answerUrl,
    app_id: application.appId,
    app_name: application.appName,
    application_type: application.applicationType,
    default_app: application.defaultNumberApp,
    default_endpoint_app: application.defaultEndpointApp,
    enabled: true,
    fallback_answer_url: application.fallbackAnswerUrl,
    fallback_method: application.fallbackMethod,
    hangup_method: application.hangupMethod,
    hangup_url: application.hangupUrl,
    log_incoming_message: application.logIncomingMessages,
    log_incoming_messages: application.logIncomingMessages,
    message_method: application.messageMethod,
    message_retry_seconds:
      application.messageRetrySeconds === null ? null : [...application.messageRetrySeconds],
    message_url: application.messageUrl,
    public_uri: application.publicUri,
    resource_uri: `/v1/Account/${application.accountId}/Application/${application.appId}/`,
    sip_uri: `sip:${application.appId}@localhost`,
    sub_account: application.subaccountId,
  };
}
