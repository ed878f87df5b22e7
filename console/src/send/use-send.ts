// Sending, at most once however often it is tried.
import { useState } from 'preact/hooks';
import { answerOf, RucksackError, type Schemas } from '../../../client/src/client.ts';
import { type Action, useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { isOutcomeUnknown, SendAttempts } from './send-attempt.ts';

type SendRequest = Schemas['SendMessageInput'];
export type Sent = Schemas['SentMessage'];

/**
 * Sends, and passes the response and its request to `onSent`. When the response was lost, the same request goes out again under the same
 * Idempotency-Key, so the server accepts it once.
 */
export function useSend(onSent: (sent: Sent, request: SendRequest) => void): Action<[SendRequest]> {
  const { client } = useSession();
  const [attempts] = useState(() => new SendAttempts(randomKey));
  return useAction(async (request: SendRequest) => {
    const params = { header: { 'Idempotency-Key': attempts.keyFor(JSON.stringify(request)) } };
    try {
      onSent(await answerOf(client.POST('/Message/', { params, body: request })), request);
      attempts.finish();
    } catch (error) {
      const status = error instanceof RucksackError ? error.status : undefined;
      if (!isOutcomeUnknown(status)) attempts.finish();
      throw status === undefined ? new Error(responseLost) : error;
    }
  });
}

const responseLost =
  'No response came, so it is not known whether the message was accepted. Send again: as long as you change nothing, it is accepted once at most.';

/** Returns 128 random bits; `crypto.randomUUID` is missing where the console is reached by plain HTTP from another machine. */
const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
