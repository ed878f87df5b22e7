// How long the choice of a sender takes: percentiles for small and large pools, in microseconds.
import { performance } from 'node:perf_hooks';
import { defaultNumberPriority } from '../dist/src/powerpacks/powerpack.js';
import { selectSender } from '../dist/src/powerpacks/selection/select-sender.js';
import { SenderPool } from '../dist/src/powerpacks/selection/sender-pool.js';
import { listAreaCodes } from '../dist/src/telecom/area-codes.js';

const poolSizes = [10, 400, 10_000];
const choices = 50_000;
const rules = {
  poolUuid: '0198a000-0000-7000-8000-000000000000',
  stickySender: true,
  localConnect: true,
  numberPriority: defaultNumberPriority,
};
const areas = listAreaCodes().filter(
  ({ use, countryIso2 }) => use === 'geographic' && (countryIso2 === 'US' || countryIso2 === 'CA'),
);
const places = areas.map(({ areaCode, countryIso2, regionCodes: [regionCode] }) => ({
  areaCode,
  countryIso2,
  regionCode,
}));
const abroad = { areaCode: undefined, countryIso2: 'GB', regionCode: undefined };

function makePool(size) {
  const members = Array.from({ length: size }, (_, index) => {
    const place = places[index % places.length];
    const sender = `1${place.areaCode}${String(5_550_000 + index)}`;
    const services = index % 3 === 0 ? ['sms'] : ['sms', 'mms'];
    const limits = { smsPerSecond: null, mmsPerSecond: null, dailySegments: 200 };
    return { queue: sender, sender, kind: 'longcode', ...place, services, ...limits };
  });
  return new SenderPool(members);
}

/** Times each choice; the chosen sender is given the message, as when messages are accepted. */
function measure(size, isSticky) {
  const pool = makePool(size);
  const queues = [...pool.candidates()].map(({ queue }) => queue);
  const nothing = new Set();
  const timesUs = new Float64Array(choices);
  const takesUs = new Float64Array(choices);
  let nowMs = Date.UTC(2026, 0, 1, 12);
  for (let index = 0; index < choices; index++) {
    const place = index % 20 === 0 ? abroad : places[(index * 7919) % places.length];
    const destination = { ...place, number: '14155550199' };
    const service = index % 5 === 0 ? 'mms' : 'sms';
    const sticky = isSticky ? queues[(index * 104_729) % queues.length] : undefined;
    const query = { destination, service, sticky, optedOut: nothing };
    nowMs += 2;
    const startMs = performance.now();
    const { candidate } = selectSender(rules, pool, query, new Date(nowMs));
    const chosenMs = performance.now();
    pool.take(candidate, 1, Math.max(nowMs, candidate.freeAtMs) + 1000);
    takesUs[index] = (performance.now() - chosenMs) * 1000;
    timesUs[index] = (chosenMs - startMs) * 1000;
  }
  return { choice: timesUs.sort(), taking: takesUs.sort() };
}

const at = (sorted, part) => sorted[Math.floor(sorted.length * part)].toFixed(1).padStart(7);
const line = (sorted) => `p50 ${at(sorted, 0.5)} µs, p99 ${at(sorted, 0.99)} µs`;

/** Prints a line for each size of pool. It knows no database: on one engine is enough. */
export function measureSelection(engine) {
  if (engine !== 'embedded') return;
  measure(400, false);
  for (const size of poolSizes) {
    for (const isSticky of [false, true]) {
      const { choice, taking } = measure(size, isSticky);
      const title = `${String(size).padStart(6)} members, ${isSticky ? 'sticky' : 'fresh '}`;
      process.stdout.write(`${title}: choice ${line(choice)}; taking ${line(taking)}\n`);
    }
  }
}
