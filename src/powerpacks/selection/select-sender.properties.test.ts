// Properties of the choice of a sender, for every pool and every message.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OptOut } from '../opt-outs/opt-out.ts';
import {
  type NumberPriority,
  optOutScopes,
  type PriorityKind,
  type SenderKind,
  type Standing,
} from '../powerpack.ts';
import { queueOf } from '../queue-name.ts';
import type { Candidate, Load, MemberFacts } from './candidate.ts';
import { isSending } from './reach.ts';
import { explainSelection, selectSender } from './select-sender.ts';
import type { SenderQuery, SendingRules } from './selection-rule.ts';
import { SenderPool } from './sender-pool.ts';

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
  warmUpLimit: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, fc.nat(12)),
});
const services = fc.constantFrom<Candidate['services'][]>(['sms'], ['sms', 'mms'], ['mms'], []);
const kinds = fc.constantFrom<PriorityKind[]>('longcode', 'tollfree', 'shortcode');
const kindsOfMembers = fc.oneof(
  { weight: 4, arbitrary: kinds },
  { weight: 1, arbitrary: fc.constant<SenderKind>('alphanumeric') },
);

const members = fc
  .array(
    fc.record({
      kind: kindsOfMembers,
      place: fc.constantFrom(...places),
      services,
      standing: fc.constantFrom<Standing[]>(
        'active',
        'active',
        'draining',
        'aside',
        'unverified',
        'unapproved',
      ),
      hasRoutes: fc.boolean(),
      load: loads,
      dailySegments: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    }),
    { maxLength: 25 },
  )
  .map((messages) =>
    messages.map(({ kind, place, services, standing, hasRoutes, load, dailySegments }, index): Member => {
      const nowhere = { countryIso2: place.countryIso2, areaCode: undefined, regionCode: undefined };
      const sender = String(14155550100 + index);
      const facts = { sender, kind, ...(kind === 'longcode' ? place : nowhere) };
      const limits = {
        smsPerSecond: null,
        mmsPerSecond: null,
        dailySegments,
        campaignId: undefined,
        addedAt: now,
      };
      const routed = hasRoutes ? services : [];
      return { ...facts, ...limits, ...load, services, routed, standing, queue: queueOf(facts) };
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
  alphanumericFirst: fc.boolean(),
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
      takesNames: fc.boolean(),
      segments: fc.integer({ min: 1, max: 11 }),
      waits: fc.boolean(),
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

test('a message has a sender whenever one member can send it', () => {
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
        routed: ['sms', 'mms'],
        standing: 'active',
        smsPerSecond: null,
        mmsPerSecond: null,
        dailySegments: 1,
        campaignId: undefined,
        addedAt: now,
        freeAtMs: now.getTime() + 1e9,
        segmentsToday: 100,
        healthy: false,
        warmUpLimit: null,
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
      fc.pre(first.kind === 'chosen' && first.candidate.kind !== 'alphanumeric');
      const { queue } = first.candidate;
      const members = situation.members.map((member) =>
        member.queue === queue ? { ...member, ...load, warmUpLimit: null } : member,
      );
      const next = choose({ members, rules, query: { ...situation.query, sticky: queue } });
      assert.equal(next.kind === 'chosen' && next.candidate.queue, queue);
      assert.equal(next.kind === 'chosen' && next.rule, 'sticky');
    }),
    { seed },
  );
});

test('no message goes from a member that is aside, nor a new recipient to one that is drained while another fits', () => {
  fc.assert(
    fc.property(situations, ({ members, rules, query }) => {
      const selection = choose({ members, rules, query: { ...query, sticky: undefined } });
      fc.pre(selection.kind === 'chosen');
      const { standing } = selection.candidate;
      assert.ok(standing === 'active' || standing === 'draining');
      if (standing === 'active') return;
      // The others could not send it at all, or the person has opted out of them and not of all.
      const active = members.filter((member) => member.standing === 'active');
      const others = choose({ members: active, rules, query: { ...query, sticky: undefined } });
      assert.ok(others.kind === 'none' || others.optedOut);
    }),
    { seed },
  );
});

test('equal members send the same number of messages, but for one', () => {
  const times = fc.array(fc.nat(700), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(2000), times, (size, busyMs, gapsMs) => {
      const can = { services: ['sms'], routed: ['sms'], standing: 'active' } as const;
      const facts = { kind: 'longcode', ...places[0], ...can } as const;
      const limits = {
        smsPerSecond: null,
        mmsPerSecond: null,
        dailySegments: 10,
        campaignId: undefined,
        addedAt: now,
      };
      const pool = new SenderPool(
        Array.from({ length: size }, (_, index) => {
          const sender = String(14155550100 + index);
          return { ...facts, ...limits, sender, queue: sender };
        }),
      );
      const rules = {
        uuid,
        stickySender: false,
        localConnect: true,
        alphanumericFirst: true,
        numberPriority: [],
      };
      const query: SenderQuery = {
        destination: { ...places[0], number: '14155559999' },
        service: 'sms',
        takesNames: false,
        segments: 1,
        waits: false,
        sticky: undefined,
        optOuts: [],
      };
      let nowMs = now.getTime();
      for (const gapMs of gapsMs) {
        nowMs += gapMs;
        const selection = selectSender(rules, pool, query, new Date(nowMs));
        assert.ok(selection.kind === 'chosen');
        const { candidate } = selection;
        const { queue, freeAtMs, segmentsToday } = candidate;
        pool.setLoad(queue, {
          freeAtMs: Math.max(nowMs, freeAtMs) + busyMs,
          segmentsToday: segmentsToday + 1,
        });
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

test('the tiers of the pool choose as the rule does that ranks every member by itself, for the same reasons', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const { members, rules, query } = situation;
      const { selection, others } = explainSelection(rules, new SenderPool(members), query, now);
      assert.deepEqual(choose(situation), selection);
      const counts: Record<string, number> = {};
      for (const { reason } of others) counts[reason] = (counts[reason] ?? 0) + 1;
      assert.equal(others.length, members.length - (selection.kind === 'none' ? 0 : 1));
      assert.deepEqual(counts, selection.rejected);
    }),
    { seed, numRuns: 1500 },
  );
});

test('a name sends only approved, only texts, only where names are taken, and is never remembered', () => {
  fc.assert(
    fc.property(situations, (situation) => {
      const chosen = choose(situation);
      fc.pre(chosen.kind === 'chosen');
      assert.notEqual(chosen.remember?.kind, 'alphanumeric');
      if (chosen.candidate.kind !== 'alphanumeric') return;
      assert.ok(situation.query.takesNames);
      assert.ok(isSending(chosen.candidate));
      assert.ok(chosen.candidate.services.includes(situation.query.service));
      assert.notEqual(chosen.rule, 'sticky');
    }),
    { seed, numRuns: 1500 },
  );
});

test('where names are not taken, or none is approved, the choice is that of the pool without names', () => {
  fc.assert(
    fc.property(situations, fc.boolean(), (situation, takesNames) => {
      const query = { ...situation.query, takesNames };
      const members = situation.members.map((member) =>
        takesNames && member.kind === 'alphanumeric'
          ? { ...member, standing: 'unapproved' as const }
          : member,
      );
      const numbers = members.filter(({ kind }) => kind !== 'alphanumeric');
      const isName = (queue: string | undefined) => numbers.every((member) => member.queue !== queue);
      const ofNumbers = { ...query, sticky: isName(query.sticky) ? undefined : query.sticky };
      const queueOfChoice = (choice: ReturnType<typeof choose>) =>
        choice.kind === 'chosen' ? choice.candidate.queue : undefined;
      assert.equal(
        queueOfChoice(choose({ ...situation, members, query })),
        queueOfChoice(choose({ ...situation, members: numbers, query: ofNumbers })),
      );
    }),
    { seed, numRuns: 1500 },
  );
});
