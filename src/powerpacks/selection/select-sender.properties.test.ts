// What holds of the choice of a sender for every pool and every message.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { blocksAllOf, type OptOut } from '../opt-outs/opt-out.ts';
import { type NumberPriority, optOutScopes, type SenderKind } from '../powerpack.ts';
import { queueOf } from '../queue-name.ts';
import { explainSelection } from './explain-selection.ts';
import { type SenderQuery, type SendingRules, selectSender } from './select-sender.ts';
import { type Candidate, type Load, type MemberFacts, SenderPool } from './sender-pool.ts';

const uuid = '0198a000-0000-7000-8000-000000000000';
const otherUuid = '0198a000-0000-7000-8000-000000000001';
const now = new Date('2026-03-14T12:00:00Z');
const seed = 20260813;

/** A small world, so that members and destinations meet often. The area tells the region, as in the real one. */
const places = [
  { countryIso2: 'US', areaCode: '415', regionCode: 'CA' },
  { countryIso2: 'US', areaCode: '510', regionCode: 'CA' },
  { countryIso2: 'US', areaCode: '212', regionCode: 'NY' },
  { countryIso2: 'CA', areaCode: '416', regionCode: 'ON' },
  { countryIso2: 'CA', areaCode: '600', regionCode: undefined },
  { countryIso2: 'GB', areaCode: undefined, regionCode: undefined },
  { countryIso2: 'FR', areaCode: undefined, regionCode: undefined },
] as const;

type Member = MemberFacts & Load;

const loads = fc.record({
  freeAtMs: fc.integer({ min: -2, max: 3 }).map((seconds) => now.getTime() + seconds * 1000),
  segmentsToday: fc.nat(4),
  healthy: fc.boolean(),
});
const services = fc.constantFrom<Candidate['services'][]>(['sms'], ['sms', 'mms'], ['mms'], []);
const kinds = fc.constantFrom<SenderKind[]>('longcode', 'tollfree', 'shortcode');

const members = fc
  .array(
    fc.record({
      kind: kinds,
      place: fc.constantFrom(...places),
      services,
      load: loads,
      dailySegments: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    }),
    { maxLength: 25 },
  )
  .map((messages) =>
    messages.map(({ kind, place, services, load, dailySegments }, index): Member => {
      const nowhere = { countryIso2: place.countryIso2, areaCode: undefined, regionCode: undefined };
      const sender = String(14155550100 + index);
      const facts = { sender, kind, ...(kind === 'longcode' ? place : nowhere) };
      const limits = { smsPerSecond: null, mmsPerSecond: null, dailySegments };
      return { ...facts, ...limits, ...load, services, queue: queueOf(facts) };
    }),
  );

const priorities = fc.array(
  fc.record<NumberPriority>({
    serviceType: fc.constantFrom('SMS', 'MMS'),
    countryIso2: fc.constantFrom('US', 'CA'),
    order: fc.uniqueArray(kinds, { maxLength: 3 }),
  }),
  { maxLength: 4 },
);
const rulesOfAnyKind = fc.record<SendingRules>({
  uuid: fc.constant(uuid),
  stickySender: fc.boolean(),
  localConnect: fc.boolean(),
  numberPriority: priorities,
});

interface Situation {
  readonly members: readonly Member[];
  readonly rules: SendingRules;
  readonly query: SenderQuery;
}

const stop = (of: Partial<OptOut>): OptOut => ({
  accountId: 'MASELECT000000000000',
  destination: '14155559999',
  queue: undefined,
  powerpackUuid: uuid,
  scope: 'number',
  optedOutAt: now,
  isConfirmed: false,
  ...of,
});
/** STOP to senders that have left the pool. */
const stops = fc
  .record({ powerpackUuid: fc.constantFrom(uuid, otherUuid), scope: fc.constantFrom(...optOutScopes) })
  .map((of) => stop({ queue: '14155550000', ...of }));

const situations: fc.Arbitrary<Situation> = members.chain((pool) => {
  const queues = pool.map(({ queue }) => queue);
  const someQueue = queues.length === 0 ? fc.constant(undefined) : fc.constantFrom(undefined, ...queues);
  return fc.record({
    members: fc.constant(pool),
    rules: rulesOfAnyKind,
    query: fc.record({
      destination: fc
        .record({
          place: fc.constantFrom(...places),
          number: fc.constantFrom('14155559999', ...pool.map(({ sender }) => sender)),
        })
        .map(({ place, number }) => ({ ...place, number })),
      service: fc.constantFrom('sms', 'mms'),
      sticky: someQueue,
      optOuts: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 6, arbitrary: fc.subarray(queues).map((some) => some.map((queue) => stop({ queue }))) },
        { weight: 2, arbitrary: fc.array(stops, { minLength: 1, maxLength: 2 }) },
      ),
    }),
  });
});

const choose = ({ members, rules, query }: Situation) =>
  selectSender(rules, new SenderPool(members), query, now);

/** The rules once more, by sorting and filtering (semantics section 2). */
function naiveSender({ members, rules, query }: Situation): string | undefined {
  const { destination, service } = query;
  const isNear = (country: string) => country === 'US' || country === 'CA';
  const capable = members.filter(({ queue, kind, countryIso2, services }) => {
    if (queue === destination.number || !services.includes(service)) return false;
    if (!isNear(destination.countryIso2)) return kind === 'longcode';
    return kind === 'shortcode' ? countryIso2 === destination.countryIso2 : isNear(countryIso2);
  });
  if (rules.stickySender && capable.some(({ queue }) => queue === query.sticky)) return query.sticky;
  const welcome = query.optOuts.some((optOut) => blocksAllOf(optOut, uuid))
    ? []
    : capable.filter((member) => query.optOuts.every(({ queue }) => queue !== member.queue));
  const taking = welcome.length === 0 ? capable : welcome;
  const available = taking.filter(
    ({ healthy, segmentsToday, dailySegments }) => healthy && segmentsToday < (dailySegments ?? Infinity),
  );
  const left = available.length === 0 ? taking : available;

  const listed = rules.numberPriority.find(
    (entry) => entry.countryIso2 === destination.countryIso2 && entry.serviceType.toLowerCase() === service,
  );
  const order: SenderKind[] = [...(listed?.order ?? []), 'longcode', 'tollfree', 'shortcode'];
  const kind = order.find((wanted) => left.some((member) => member.kind === wanted));
  let best = left.filter((member) => member.kind === kind);

  const narrow = (isPreferred: (member: Member) => boolean) => {
    const preferred = best.filter(isPreferred);
    if (preferred.length > 0) best = preferred;
    return preferred.length > 0;
  };
  const isHome = (member: Member) => member.countryIso2 === destination.countryIso2;
  if (kind === 'longcode' && !isNear(destination.countryIso2)) narrow(isHome);
  else if (kind === 'longcode' && rules.localConnect) {
    const isLocal =
      available.length > 0 &&
      ((destination.areaCode !== undefined &&
        narrow((member) => isHome(member) && member.areaCode === destination.areaCode)) ||
        (destination.regionCode !== undefined &&
          narrow((member) => isHome(member) && member.regionCode === destination.regionCode)));
    if (!isLocal) narrow(isHome);
  }
  const freeAt = (member: Member) => Math.max(member.freeAtMs, now.getTime());
  const [first] = best.sort(
    (one, other) =>
      freeAt(one) - freeAt(other) ||
      one.segmentsToday - other.segmentsToday ||
      Number(one.sender) - Number(other.sender),
  );
  return first?.queue;
}

test('it is what sorting and filtering would choose', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const selection = choose(situation);
      const queue = selection.kind === 'chosen' ? selection.candidate.queue : undefined;
      assert.equal(queue, naiveSender(situation));
    }),
    { seed, numRuns: 1000 },
  );
});

test('somebody sends whenever somebody can', () => {
  fc.assert(
    fc.property(situations, ({ members, rules, query }) => {
      const able: Member = {
        ...query.destination,
        areaCode: undefined,
        regionCode: undefined,
        queue: '99999999999',
        sender: '99999999999',
        kind: 'longcode',
        services: ['sms', 'mms'],
        smsPerSecond: null,
        mmsPerSecond: null,
        dailySegments: 1,
        freeAtMs: now.getTime() + 1e9,
        segmentsToday: 100,
        healthy: false,
      };
      assert.equal(choose({ members: [...members, able], rules, query }).kind, 'chosen');
    }),
    { seed },
  );
});

test('a conversation stays with its number while that can send, whatever happens to loads and opt-outs', () => {
  fc.assert(
    fc.property(situations, loads, (situation, load) => {
      const rules = { ...situation.rules, stickySender: true };
      const first = choose({ ...situation, rules });
      fc.pre(first.kind === 'chosen');
      const { queue } = first.candidate;
      const members = situation.members.map((member) =>
        member.queue === queue ? { ...member, ...load } : member,
      );
      const next = choose({ members, rules, query: { ...situation.query, sticky: queue } });
      assert.equal(next.kind === 'chosen' && next.candidate.queue, queue);
      assert.equal(next.kind === 'chosen' && next.rule, 'sticky');
    }),
    { seed },
  );
});

test('equal members send the same number of messages, but for one', () => {
  const times = fc.array(fc.nat(700), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(2000), times, (size, busyMs, gapsMs) => {
      const facts = { kind: 'longcode', ...places[0], services: ['sms'] } as const;
      const limits = { smsPerSecond: null, mmsPerSecond: null, dailySegments: 10 };
      const pool = new SenderPool(
        Array.from({ length: size }, (_, index) => {
          const sender = String(14155550100 + index);
          return { ...facts, ...limits, sender, queue: sender };
        }),
      );
      const rules = { uuid, stickySender: false, localConnect: true, numberPriority: [] };
      const query: SenderQuery = {
        destination: { ...places[0], number: '14155559999' },
        service: 'sms',
        sticky: undefined,
        optOuts: [],
      };
      let nowMs = now.getTime();
      for (const gapMs of gapsMs) {
        nowMs += gapMs;
        const selection = selectSender(rules, pool, query, new Date(nowMs));
        assert.ok(selection.kind === 'chosen');
        const { candidate } = selection;
        pool.take(candidate, 1, Math.max(nowMs, candidate.freeAtMs) + busyMs);
        const sent = [...pool.candidates()].map(({ segmentsToday }) => segmentsToday);
        assert.ok(Math.max(...sent) - Math.min(...sent) <= 1, `sent ${sent}`);
      }
    }),
    { seed },
  );
});

test('the order in which members are given does not matter', () => {
  const shuffled = situations.chain((situation) =>
    fc.tuple(
      fc.constant(situation),
      fc.shuffledSubarray([...situation.members], { minLength: situation.members.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([situation, members]) => {
      assert.deepEqual(choose({ ...situation, members }), choose(situation));
    }),
    { seed },
  );
});

test('an explanation tells the same choice and the same counts, a reason for each other member', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const { members, rules, query } = situation;
      const { selection, others } = explainSelection(rules, new SenderPool(members), query, now);
      assert.deepEqual(selection, choose(situation));
      const counts: Record<string, number> = {};
      for (const { reason } of others) counts[reason] = (counts[reason] ?? 0) + 1;
      if (selection.kind === 'none') assert.equal(others.length, members.length);
      else assert.deepEqual(counts, selection.putAside);
    }),
    { seed, numRuns: 500 },
  );
});
