// The names under which queues, pace, health and opt-outs are kept: of one sender's lane, and of a whole pool. Pure.

/** A short code lives in one country, so the same digits in two are two senders: "72345/US". Anything else is its digits. */
export function laneOf(sender: {
  readonly kind: string;
  readonly sender: string;
  readonly countryIso2: string;
}): string {
  return sender.kind === 'shortcode' ? `${sender.sender}/${sender.countryIso2}` : sender.sender;
}

/** What an opt-out from every member of a pool is kept under: "pool/UUID". An opt-out from one sender is kept under its lane. */
export function poolScope(poolUuid: string): string {
  return `pool/${poolUuid}`;
}

/** The digits of the sender that a lane is named after. */
export function senderOfLane(lane: string): string {
  return lane.split('/', 1)[0] ?? lane;
}
