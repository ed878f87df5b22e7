// Moving recipients to other members: never to one that does not fit, and evenly.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseE164 } from '../../telecom/e164.ts';
import type { Standing } from '../powerpack.ts';
import type { Candidate } from '../selection/candidate.ts';
import { canSend, reaches } from '../selection/reach.ts';
import { flowsOf, isLeft, planMoves } from './redistribution.ts';

const now = new Date('2026-11-30T12:00:00Z');
const rules = {
  uuid: '0198a000-0000-7000-8000-000000000000',
  stickySender: true,
  localConnect: true,
  numberPriority: [],
  alphanumericFirst: false,
};

function member(number: string, details: Partial<Candidate> = {}): Candidate {
  const place = parseE164(number);
  assert.ok(place);
  const isLocal = place.kind === 'longcode';
  return {
    queue: number,
    sender: number,
    kind: place.kind,
    countryIso2: place.countryIso2,
    areaCode: isLocal ? place.areaCode : undefined,
    regionCode: isLocal ? place.regionCode : undefined,
    services: ['sms', 'mms'],
    routed: ['sms', 'mms'],
    standing: 'active',
    smsPerSecond: null,
    mmsPerSecond: null,
    dailySegments: undefined,
    campaignId: undefined,
    addedAt: now,
    numberOrder: Number(number),
    freeAtMs: 0,
    segmentsToday: 0,
    healthy: true,
    warmUpLimit: null,
    ...details,
  };
}

const people = (count: number, area = '415') =>
  Array.from({ length: count }, (_, index) => `1${area}555${2000 + index}`);
const none = () => [];

test('the recipients of a member that is drained go to the others, evenly and near', () => {
  const members = [
    member('14155550100', { standing: 'draining' }),
    member('14155550101'),
    member('14155550102'),
    member('12125550100'),
  ];
  const mappings = people(10).map((destination) => ({ destination, queue: '14155550100' }));
  const recipients = new Map([
    ['14155550100', 10],
    ['14155550101', 2],
  ]);
  const flows = flowsOf(planMoves({ rules, members, recipients, optOutsOf: none }, mappings, now));
  assert.deepEqual(
    flows.map(({ from, to, recipients: moved }) => [from.queue, to.queue, moved]),
    [
      ['14155550100', '14155550102', 6],
      ['14155550100', '14155550101', 4],
    ],
  );
});

test('healthy members of the same rank level out, and nobody moves back and forth', () => {
  const members = [member('14155550100'), member('14155550101')];
  const mappings = people(10).map((destination) => ({ destination, queue: '14155550100' }));
  const recipients = new Map([['14155550100', 10]]);
  const moves = planMoves({ rules, members, recipients, optOutsOf: none }, mappings, now);
  assert.equal(moves.length, 5);
});

test('no recipient moves to a member that does not fit, whatever the pool is', () => {
  const standings = fc.constantFrom<Standing[]>('active', 'draining', 'aside', 'unverified');
  const numbers = fc.constantFrom(
    '14155550100',
    '14155550101',
    '12125550100',
    '18005550100',
    '14165550100',
    '442071838750',
  );
  const pools = fc
    .uniqueArray(
      fc.record({
        number: numbers,
        standing: standings,
        healthy: fc.boolean(),
        services: fc.constantFrom<Candidate['services'][]>(['sms'], ['sms', 'mms'], []),
        hasRoutes: fc.boolean(),
      }),
      { selector: ({ number }) => number, minLength: 1 },
    )
    .map((all) =>
      all.map(({ number, standing, healthy, services, hasRoutes }) =>
        member(number, { standing, healthy, services, routed: hasRoutes ? services : [] }),
      ),
    );
  const destinations = fc.constantFrom(
    '14155552000',
    '12125552000',
    '14165552000',
    '442071838751',
    '14155550100',
  );
  fc.assert(
    fc.property(pools, fc.array(destinations, { maxLength: 20 }), fc.nat(100), (members, towards, spread) => {
      const mappings = towards.map((destination, index) => ({
        destination,
        queue: members[(index + spread) % members.length]?.queue ?? '',
      }));
      const recipients = new Map(
        members.map(({ queue }) => [queue, mappings.filter((mapping) => mapping.queue === queue).length]),
      );
      for (const { destination, from, to } of planMoves(
        { rules, members, recipients, optOutsOf: none },
        mappings,
        now,
      )) {
        const place = parseE164(destination);
        assert.ok(place);
        assert.ok(!isLeft(to) && to.queue !== from.queue && to.queue !== destination);
        assert.ok(reaches(to, place.countryIso2, false));
        assert.ok(canSend(to, from.services.includes('mms') ? 'mms' : 'sms'));
      }
    }),
    { seed: 20261130 },
  );
});
