// Sending, at most once however often it is tried.
import { useState } from 'preact/hooks';
import { answerOf, RucksackError, type Schemas } from '../../../client/src/client.ts';
import { type Action, useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { isUnsettled, SendAttempts } from './send-attempt.ts';

export type Order = Schemas['SendMessageInput'];
export type Sent = Schemas['SentMessage'];

/**
 * Sends, and hands the answer to `onSent`, with the order that it answers. When the answer was lost, the same order goes out again under the same Idempotency-Key, so the
 * server accepts it once.
 */
export function useSend(onSent: (sent: Sent, order: Order) => void): Action<[Order]> {
  const { client } = useSession();
  const [attempts] = useState(() => new SendAttempts(randomKey));
  return useAction(async (order: Order) => {
    const params = { header: { 'Idempotency-Key': attempts.keyFor(JSON.stringify(order)) } };
    try {
      onSent(await answerOf(client.POST('/Message/', { params, body: order })), order);
      attempts.settle();
    } catch (error) {
      const status = error instanceof RucksackError ? error.status : undefined;
      if (!isUnsettled(status)) attempts.settle();
      throw status === undefined ? new Error(answerLost) : error;
    }
  });
}

const answerLost =
  'No answer came, so it is not known whether the message was accepted. Send again: as long as you change nothing, it is accepted once at most.';

/** 128 random bits; `crypto.randomUUID` is missing where the console is reached by plain HTTP from another machine. */
const randomKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
