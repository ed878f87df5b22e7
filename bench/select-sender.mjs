// How long the choice of a sender takes: percentiles for small and large pools, in microseconds. Beside the choice from a pool in order
// stands the same rule with every member ranked by itself, which tells from which size on the order is worth its keep.
import { performance } from 'node:perf_hooks';
import { defaultNumberPriority } from '../dist/src/powerpacks/powerpack.js';
import { explainSelection, selectSender } from '../dist/src/powerpacks/selection/select-sender.js';
import { SenderPool } from '../dist/src/powerpacks/selection/sender-pool.js';
import { listAreaCodes } from '../dist/src/telecom/area-codes.js';

const poolSizes = [1, 10, 400, 10_000];
const choices = 50_000;
/** The most members that are ranked by themselves in one run. */
const maxRanked = 2_000_000;
const rules = {
  uuid: '0198a000-0000-7000-8000-000000000000',
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
    const services = index % 3 === 0 && size > 1 ? ['sms'] : ['sms', 'mms'];
    const limits = { smsPerSecond: null, mmsPerSecond: null, dailySegments: 200 };
    return { queue: sender, sender, kind: 'longcode', ...place, services, ...limits };
  });
  return new SenderPool(members);
}

/** Times each choice; the chosen sender is given the message, as when messages are accepted. */
function measure(size, isSticky, choose, count) {
  const pool = makePool(size);
  const queues = pool.queues();
  const choosing = new Float64Array(count);
  const loading = new Float64Array(count);
  let nowMs = Date.UTC(2026, 0, 1, 12);
  for (let index = 0; index < count; index++) {
    const place = index % 20 === 0 ? abroad : places[(index * 7919) % places.length];
    const destination = { ...place, number: '14155550199' };
    const service = index % 5 === 0 ? 'mms' : 'sms';
    const sticky = isSticky ? queues[(index * 104_729) % queues.length] : undefined;
    const query = { destination, service, sticky, optOuts: [] };
    nowMs += 2;
    const startMs = performance.now();
    const { queue, freeAtMs, segmentsToday } = choose(pool, query, new Date(nowMs)).candidate;
    const chosenMs = performance.now();
    pool.setLoad(queue, { freeAtMs: Math.max(nowMs, freeAtMs) + 1000, segmentsToday: segmentsToday + 1 });
    loading[index] = (performance.now() - chosenMs) * 1000;
    choosing[index] = (chosenMs - startMs) * 1000;
  }
  return { choosing: choosing.sort(), loading: loading.sort() };
}

const inOrder = (pool, query, now) => selectSender(rules, pool, query, now);
const oneByOne = (pool, query, now) => explainSelection(rules, pool, query, now).selection;

const at = (sorted, part) => sorted[Math.floor(sorted.length * part)].toFixed(1).padStart(8);
const line = (sorted) => `p50 ${at(sorted, 0.5)} µs, p99 ${at(sorted, 0.99)} µs`;

/** Prints a line for each size of pool. It knows no database: on one engine is enough. */
export function measureSelection(engine) {
  if (engine !== 'embedded') return;
  measure(400, false, inOrder, choices);
  for (const size of poolSizes) {
    for (const isSticky of [false, true]) {
      const { choosing, loading } = measure(size, isSticky, inOrder, choices);
      const { choosing: single } = measure(size, isSticky, oneByOne, Math.min(choices, maxRanked / size));
      const title = `${String(size).padStart(6)} members, ${isSticky ? 'sticky' : 'new   '}`;
      process.stdout.write(
        `${title}: choice ${line(choosing)}; one by one ${line(single)}; new load ${line(loading)}\n`,
      );
    }
  }
}
