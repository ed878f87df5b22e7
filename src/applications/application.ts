// An application: the URLs that are called when a message or a call comes in. Pure.
import { type RandomBytes, randomText } from '../base/id.ts';
import type { WebhookMethod } from '../webhooks/webhook.ts';

export type ApplicationType = 'XML' | 'PHLO';

/** The settings that a caller may give. A PHLO is an external flow: its `messageUrl` is where the flow listens. */
export interface ApplicationSettings {
  readonly answerUrl: string;
  readonly answerMethod: WebhookMethod;
  readonly hangupUrl: string;
  readonly hangupMethod: WebhookMethod;
  readonly fallbackAnswerUrl: string;
  readonly fallbackMethod: WebhookMethod;
  readonly messageUrl: string;
  readonly messageMethod: WebhookMethod;
  /** Seconds before each retry of a call to `messageUrl`; null for the usual ones. */
  readonly messageRetrySeconds: readonly number[] | null;
  /** True for the application that numbers get when they are rented without naming one. */
  readonly defaultNumberApp: boolean;
  readonly defaultEndpointApp: boolean;
  readonly logIncomingMessages: boolean;
  readonly publicUri: boolean;
  readonly subaccountId: string | null;
}

export interface Application extends ApplicationSettings {
  readonly appId: string;
  readonly accountId: string;
  readonly appName: string;
  readonly applicationType: ApplicationType;
  readonly createdAt: Date;
}

/** Settings of a new application that names none (wire-control-plane 10.1). */
export const defaultSettings: ApplicationSettings = {
  answerUrl: '',
  answerMethod: 'POST',
  hangupUrl: '',
  hangupMethod: 'POST',
  fallbackAnswerUrl: '',
  fallbackMethod: 'POST',
  messageUrl: '',
  messageMethod: 'POST',
  messageRetrySeconds: null,
  defaultNumberApp: false,
  defaultEndpointApp: false,
  logIncomingMessages: true,
  publicUri: false,
  subaccountId: null,
};

/** Returns 17 decimal digits for an XML application (never a JSON number: it would not survive a double), a UUID for a PHLO. */
export function makeAppId(type: ApplicationType, newId: () => string, randomBytes: RandomBytes): string {
  if (type === 'PHLO') return newId();
  return randomText(1, '123456789', randomBytes) + randomText(16, '0123456789', randomBytes);
}
