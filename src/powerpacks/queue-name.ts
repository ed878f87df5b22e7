// The names of sender queues, under which queues, pace, health and opt-outs of one sender are stored. Pure.
import { isShortCode } from '../telecom/e164.ts';
import type { SenderKind } from './powerpack.ts';

/** A sender by its digits, and the country that tells two short codes of the same digits apart. */
interface Sender {
  readonly sender: string;
  readonly countryIso2: string;
}

/**
 * Returns the sender queue of a sender. A short code belongs to one country, so the same digits in two are two senders: "72345/US". Any
 * other sender has its digits.
 */
export function queueOf(sender: Sender & { readonly kind: SenderKind }): string {
  return sender.kind === 'shortcode' ? queueOfShortCode(sender) : sender.sender;
}

/** Returns `queueOf` where only the digits are known: short codes are known by their length. They send within their own country. */
export function queueOfSender(sender: Sender): string {
  return isShortCode(sender.sender) ? queueOfShortCode(sender) : sender.sender;
}

const queueOfShortCode = ({ sender, countryIso2 }: Sender): string => `${sender}/${countryIso2}`;

/** Returns the digits of the sender that a sender queue is named after. */
export function senderOfQueue(queue: string): string {
  return queue.split('/', 1)[0] ?? queue;
}
