// The names under which queues, pace, health and opt-outs of one sender are kept: those of its lane. Pure.
import { isShortCode } from '../telecom/e164.ts';
import type { SenderKind } from './powerpack.ts';

/** A sender by its digits, and the country that tells two short codes of the same digits apart. */
interface Sender {
  readonly sender: string;
  readonly countryIso2: string;
}

/** A short code lives in one country, so the same digits in two are two senders: "72345/US". Anything else is its digits. */
export function laneOf(sender: Sender & { readonly kind: SenderKind }): string {
  return sender.kind === 'shortcode' ? laneOfShortCode(sender) : sender.sender;
}

/** `laneOf` where only the digits are known: short codes tell themselves by their length. They send within their own country. */
export function laneOfSender(sender: Sender): string {
  return isShortCode(sender.sender) ? laneOfShortCode(sender) : sender.sender;
}

const laneOfShortCode = ({ sender, countryIso2 }: Sender): string => `${sender}/${countryIso2}`;

/** The digits of the sender that a lane is named after. */
export function senderOfLane(lane: string): string {
  return lane.split('/', 1)[0] ?? lane;
}
