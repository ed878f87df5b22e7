// Traffic: counts of an account's messages over time. An extension.
import { defineEndpoint } from '../../http/endpoint.ts';
import { countTraffic } from './traffic-store.ts';
import { TrafficBody, TrafficInput, trafficToWire, windowFromWire } from './traffic-wire.ts';

export const countTrafficEndpoint = defineEndpoint({
  summary: 'Count messages over time',
  description:
    'By minute, hour or day of UTC, at most 400 of them and 90 days: messages by when they were accepted or came in, and what has become of them by now; the numbers that sent; and the area codes, states and provinces that they sent to, with the times to delivery by area code. At most the newest 100,000 messages of the account in that time are read: beyond them `complete` is false, and what is before `complete_from` counts too little or nothing.',
  extension: true,
  input: TrafficInput,
  mayLag: true,
  answers: { 200: TrafficBody },
  async handle({ db, scope, input, now }) {
    const window = windowFromWire(input, now);
    const traffic = await countTraffic(db, scope, input.powerpack_uuid, window);
    return { status: 200, body: trafficToWire(window, traffic) };
  },
});
