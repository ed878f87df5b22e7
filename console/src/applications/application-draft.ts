// An application as a form holds it, and what is sent of it. Pure.
import type { components } from '../../../client/src/schema.ts';

export type Application = components['schemas']['Application'];
export type Method = 'GET' | 'POST';

export interface ApplicationDraft {
  readonly name: string;
  readonly type: Application['application_type'];
  readonly messageUrl: string;
  readonly messageMethod: Method;
  /** Seconds before each retry of a call to it, with commas between them, as they were typed; empty for the usual ones. */
  readonly messageRetries: string;
  readonly answerUrl: string;
  readonly answerMethod: Method;
  readonly hangupUrl: string;
  readonly hangupMethod: Method;
  readonly fallbackUrl: string;
  readonly fallbackMethod: Method;
  readonly isDefault: boolean;
  readonly logsIncoming: boolean;
  /** Auth id; empty for the main account. */
  readonly subaccount: string;
}

export const emptyDraft: ApplicationDraft = {
  name: '',
  type: 'XML',
  messageUrl: '',
  messageMethod: 'POST',
  messageRetries: '',
  answerUrl: '',
  answerMethod: 'POST',
  hangupUrl: '',
  hangupMethod: 'POST',
  fallbackUrl: '',
  fallbackMethod: 'POST',
  isDefault: false,
  logsIncoming: true,
  subaccount: '',
};

const methodOf = (text: string): Method => (text === 'GET' ? 'GET' : 'POST');

export function draftOf(application: Application): ApplicationDraft {
  return {
    name: application.app_name,
    type: application.application_type,
    messageUrl: application.message_url,
    messageMethod: methodOf(application.message_method),
    messageRetries: application.message_retry_seconds?.join(', ') ?? '',
    answerUrl: application.answer_url,
    answerMethod: methodOf(application.answer_method),
    hangupUrl: application.hangup_url,
    hangupMethod: methodOf(application.hangup_method),
    fallbackUrl: application.fallback_answer_url,
    fallbackMethod: methodOf(application.fallback_method),
    isDefault: application.default_app,
    logsIncoming: application.log_incoming_messages,
    subaccount: application.sub_account ?? '',
  };
}

/** Returns the request that creates the application. */
export const creationOf = (draft: ApplicationDraft): components['schemas']['CreateApplicationInput'] => ({
  app_name: draft.name,
  application_type: draft.type,
  ...changeOf(draft),
});

const retriesOf = ({ messageRetries }: ApplicationDraft): number[] =>
  messageRetries
    .split(/[\s,]+/)
    .filter((text) => text !== '')
    .map(Number);

/** Returns the request that changes the application. The API takes `none` for an address that is to be empty. */
export const changeOf = (draft: ApplicationDraft): components['schemas']['UpdateApplicationInput'] => ({
  message_url: draft.messageUrl || 'none',
  message_method: draft.messageMethod,
  ...(retriesOf(draft).length === 0 ? {} : { message_retry_seconds: retriesOf(draft) }),
  answer_url: draft.answerUrl || 'none',
  answer_method: draft.answerMethod,
  hangup_url: draft.hangupUrl || 'none',
  hangup_method: draft.hangupMethod,
  fallback_answer_url: draft.fallbackUrl || 'none',
  fallback_method: draft.fallbackMethod,
  default_number_app: draft.isDefault,
  log_incoming_messages: draft.logsIncoming,
  ...(draft.subaccount === '' ? {} : { subaccount: draft.subaccount }),
});
