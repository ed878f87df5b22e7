// The name of a sender's lane: what its queue, its pace, its health and opt-outs from it are kept under. Pure.

/** A short code lives in one country, so the same digits in two are two senders: "72345/US". Anything else is its digits. */
export function laneOf(sender: {
  readonly kind: string;
  readonly sender: string;
  readonly countryIso2: string;
}): string {
  return sender.kind === 'shortcode' ? `${sender.sender}/${sender.countryIso2}` : sender.sender;
}
