// The traffic of the benchmark: messages through a powerpack of 400 numbers, half of them to recipients with a sticky sender.
import { requestBytes } from './load.mjs';
import { benchCaller, makePowerpack } from './server.mjs';

export const members = 400;
const regulars = 100;
const areaCodes = ['202', '206', '212', '305', '312', '404', '415', '512', '617', '713'];

/** Returns `count` numbers, spread over ten area codes, from line `first` on. */
export function membersOf(count, first = 2_000_000) {
  return Array.from(
    { length: count },
    (_, index) => `1${areaCodes[index % areaCodes.length]}${first + index}`,
  );
}

/** Makes a powerpack with sticky senders and local connect. */
export function makeSender(url, numbers = membersOf(members), caller = benchCaller) {
  return makePowerpack(url, 'bench', numbers, { sticky_sender: true, local_connect: true }, caller);
}

/**
 * Makes the function that makes requests, each to `perRequest` recipients: alternately one of a hundred known ones and a new one.
 * The sequence is the same in every run; `more` are further parameters of each message.
 */
export function makeTraffic(powerpackUuid, more = {}, perRequest = 1, caller = benchCaller) {
  let sent = 0;
  const nextDestination = () => {
    sent += 1;
    return destinationOf(sent);
  };
  return () => {
    const dst = Array.from({ length: perRequest }, nextDestination).join('<');
    const body = { dst, powerpack_uuid: powerpackUuid, text: 'Your code is 123456', ...more };
    const { authorization } = caller;
    return requestBytes({ method: 'POST', path: `${caller.path}/Message/`, authorization, body });
  };
}

/** Returns a subscriber number of the North American plan that is not fictitious and does not begin with 11. */
function destinationOf(turn) {
  const who = turn % 2 === 0 ? (turn / 2) % regulars : regulars + turn;
  const line = 2_000_000 + ((who * 7919) % 3_500_000);
  return `1${areaCodes[(who >> 1) % areaCodes.length]}${line}`;
}
