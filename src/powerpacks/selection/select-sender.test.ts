// The choice of a sender, as a table to be read like the manual.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseE164 } from '../../telecom/e164.ts';
import type { Service } from '../../telecom/service.ts';
import type { OptOut } from '../opt-outs/opt-out.ts';
import { defaultNumberPriority, type PriorityKind, type Standing } from '../powerpack.ts';
import type { Load, MemberFacts } from './candidate.ts';
import type { Rejected, Rule } from './reason.ts';
import { explainSelection, selectSender } from './select-sender.ts';
import type { SenderQuery, SendingRules } from './selection-rule.ts';
import { SenderPool } from './sender-pool.ts';

const now = new Date('2026-03-14T12:00:00Z');
const inSeconds = (seconds: number) => ({ freeAtMs: now.getTime() + seconds * 1000 });

type Member = MemberFacts & Partial<Load>;
type Details = Partial<
  Load & {
    services: readonly Service[];
    routed: readonly Service[];
    standing: Standing;
    dailySegments: number;
  }
>;

function number(digits: string, details: Details = {}): Member {
  const parsed = parseE164(digits);
  assert.ok(parsed);
  const { kind, countryIso2, areaCode, regionCode } = parsed;
  const place =
    kind === 'longcode' ? { areaCode, regionCode } : { areaCode: undefined, regionCode: undefined };
  return { ...standard, queue: digits, sender: digits, kind, countryIso2, ...place, ...details };
}

const shortcode = (sender: string, countryIso2: string, details: Details = {}): Member => ({
  ...standard,
  services: ['sms'],
  routed: ['sms'],
  queue: `${sender}/${countryIso2}`,
  sender,
  kind: 'shortcode',
  countryIso2,
  areaCode: undefined,
  regionCode: undefined,
  ...details,
});

/** Returns a name, which belongs to no country. */
const brand = (sender: string, details: Details = {}): Member => ({
  ...shortcode(sender, '', details),
  queue: sender,
  kind: 'alphanumeric',
});

const standard = {
  services: ['sms', 'mms'] as readonly Service[],
  routed: ['sms', 'mms'] as readonly Service[],
  standing: 'active' as Standing,
  smsPerSecond: null,
  mmsPerSecond: null,
  dailySegments: undefined,
  campaignId: undefined,
  addedAt: now,
};

const exhausted: Details = { dailySegments: 200, segmentsToday: 200 };
const smsOnly: Details = { services: ['sms'], routed: ['sms'] };
const unrouted: Details = { routed: [] };
const unverified: Details = { standing: 'unverified' };
const unapproved: Details = { standing: 'unapproved' };

const sanFrancisco = '14155550100';
const sanFranciscoToo = '14155550101';
const oakland = '15105550100';
const newYork = '12125550100';
const toronto = '14165550100';
const vancouver = '16045550100';
const london = '442071838750';
const paris = '33142685300';
const tollfree = '18005550100';
const londonTollfree = '448081570123';

const toSanFrancisco = '14155550199';
const toToronto = '14165550199';
const toLondon = '442071838799';

const uuid = '0198a000-0000-7000-8000-000000000000';
const otherUuid = '0198a000-0000-7000-8000-000000000001';

/** Returns a STOP to a sender, in answer to a powerpack: to this one unless another is named. */
const stop = (queue: string, of: Pick<Partial<OptOut>, 'powerpackUuid' | 'scope'> = {}): OptOut => ({
  accountId: 'MASELECT000000000000',
  destination: toSanFrancisco,
  queue,
  powerpackUuid: uuid,
  scope: 'number',
  optedOutAt: now,
  isConfirmed: false,
  ...of,
});
const priority = (order: PriorityKind[]): Partial<SendingRules> => ({
  numberPriority: [{ serviceType: 'SMS', countryIso2: 'US', order }],
});

interface Case {
  readonly title: string;
  readonly pool: readonly Member[];
  readonly rules?: Partial<SendingRules>;
  readonly to?: string;
  readonly service?: Service;
  /** Whether the country of the destination takes names. Default false. */
  readonly takesNames?: true;
  readonly sticky?: string;
  readonly optOuts?: readonly OptOut[];
  readonly from: string;
  readonly rule: Rule;
  readonly rejected?: Rejected;
  /** The message fails with code 200. */
  readonly fails?: true;
  /** The member that the mapping names afterwards, when that is not the sender; `null` for none. */
  readonly remember?: string | null;
}

function select({
  pool,
  rules,
  to,
  service,
  takesNames = false,
  sticky,
  optOuts = [],
}: Omit<Case, 'title' | 'from' | 'rule' | 'takesNames'> & { readonly takesNames?: boolean }) {
  const destination = parseE164(to ?? toSanFrancisco);
  assert.ok(destination);
  const query: SenderQuery = {
    destination,
    service: service ?? 'sms',
    takesNames,
    segments: 1,
    waits: false,
    sticky,
    optOuts,
  };
  const ownRules: SendingRules = {
    uuid,
    stickySender: true,
    localConnect: true,
    alphanumericFirst: true,
    numberPriority: defaultNumberPriority,
    ...rules,
  };
  const senders = new SenderPool(pool);
  const selection = selectSender(ownRules, senders, query, now);
  assert.deepEqual(explainSelection(ownRules, senders, query, now).selection, selection);
  return selection;
}

const chapters: Record<string, readonly Case[]> = {
  'who can send': [
    { title: 'the only member sends', pool: [number(newYork)], from: newYork, rule: 'only_member' },
    {
      title: 'a member that is the destination itself does not send',
      pool: [number(sanFrancisco), number(newYork), number(oakland)],
      to: sanFrancisco,
      from: oakland,
      rule: 'local_region',
      rejected: { self: 1, local_region: 1 },
    },
    {
      title: 'MMS goes from a member that was added for it',
      pool: [number(sanFrancisco, smsOnly), number(newYork)],
      service: 'mms',
      from: newYork,
      rule: 'only_member',
      rejected: { service: 1 },
    },
    {
      title: 'a member that was added for MMS carries SMS as well',
      pool: [number(newYork)],
      service: 'sms',
      from: newYork,
      rule: 'only_member',
    },
    {
      title: 'a short code sends to its own country only',
      pool: [shortcode('72345', 'CA'), shortcode('72346', 'US')],
      from: '72346/US',
      rule: 'only_member',
      rejected: { reach: 1 },
    },
    {
      title: 'the same digits may be a short code of two countries',
      pool: [shortcode('72345', 'CA'), shortcode('72345', 'US')],
      to: toToronto,
      from: '72345/CA',
      rule: 'only_member',
      rejected: { reach: 1 },
    },
    {
      title: 'a member without a route is left out, whatever speaks for it',
      pool: [number(sanFrancisco, unrouted), number(newYork), number(oakland, unrouted)],
      from: newYork,
      rule: 'only_member',
      rejected: { no_route: 2 },
    },
    {
      title: 'a member with a route for the other service only is left out',
      pool: [number(sanFrancisco, { routed: ['mms'] }), number(newYork)],
      from: newYork,
      rule: 'only_member',
      rejected: { no_route: 1 },
    },
    {
      title: 'a sticky sender without a route gives its place to another member',
      pool: [number(sanFrancisco, unrouted), number(newYork)],
      sticky: sanFrancisco,
      from: newYork,
      rule: 'only_member',
      rejected: { no_route: 1 },
    },
    {
      title: 'a sticky sender without a route for MMS stays the one for SMS',
      pool: [number(sanFrancisco, { routed: ['sms'] }), number(newYork)],
      service: 'mms',
      sticky: sanFrancisco,
      from: newYork,
      rule: 'only_member',
      rejected: { no_route: 1 },
      remember: sanFrancisco,
    },
    {
      title:
        'a toll-free number that is not verified is left out, and a conversation with it goes on from another member',
      pool: [number('18005550100', unverified), number(newYork)],
      sticky: '18005550100',
      from: newYork,
      rule: 'only_member',
      rejected: { unverified: 1 },
    },
    {
      title: 'the US is reached from a Canadian number',
      pool: [number(toronto)],
      from: toronto,
      rule: 'only_member',
    },
    {
      title: 'the US is not reached from numbers of other countries, toll-free or not',
      pool: [number(london), number(londonTollfree), number(toronto)],
      from: toronto,
      rule: 'only_member',
      rejected: { reach: 2 },
    },
    {
      title: 'other countries are not reached from toll-free numbers and short codes',
      pool: [number(tollfree), shortcode('72345', 'US'), number(newYork)],
      to: toLondon,
      from: newYork,
      rule: 'only_member',
      rejected: { reach: 2 },
    },
    {
      title: 'other countries prefer long codes of their own',
      pool: [number(newYork), number(paris), number(london, inSeconds(60))],
      to: toLondon,
      from: london,
      rule: 'country',
      rejected: { country: 2 },
    },
    {
      title: 'else any long code sends there',
      pool: [number(newYork, inSeconds(60)), number(paris)],
      to: toLondon,
      from: paris,
      rule: 'least_busy',
      rejected: { least_busy: 1 },
    },
  ],
  names: [
    {
      title: 'an approved name goes before numbers where its country takes names, and is not remembered',
      pool: [number(london), brand('Brand')],
      to: toLondon,
      takesNames: true,
      from: 'Brand',
      rule: 'priority',
      rejected: { priority: 1 },
      remember: null,
    },
    {
      title: 'it comes behind them where the powerpack says so',
      pool: [number(london), brand('Brand')],
      rules: { alphanumericFirst: false },
      to: toLondon,
      takesNames: true,
      from: london,
      rule: 'priority',
      rejected: { priority: 1 },
    },
    {
      title: 'a number sends where its country takes none',
      pool: [number(london), brand('Brand')],
      to: toLondon,
      from: london,
      rule: 'only_member',
      rejected: { reach: 1 },
    },
    {
      title: 'a number sends while it is not approved',
      pool: [number(london), brand('Brand', unapproved)],
      to: toLondon,
      takesNames: true,
      from: london,
      rule: 'only_member',
      rejected: { unapproved: 1 },
    },
    {
      title: 'a conversation stays with its number',
      pool: [number(london), brand('Brand')],
      to: toLondon,
      takesNames: true,
      sticky: london,
      from: london,
      rule: 'sticky',
      rejected: { sticky: 1 },
    },
  ],
  'sticky sender': [
    {
      title: 'a mapping of a number to itself does not count, and is replaced',
      pool: [number(sanFrancisco), number(newYork), number(oakland)],
      to: sanFrancisco,
      sticky: sanFrancisco,
      from: oakland,
      rule: 'local_region',
      rejected: { self: 1, local_region: 1 },
    },
    {
      title: 'the remembered member goes before everything else',
      pool: [number(sanFrancisco), number(newYork), shortcode('72345', 'US')],
      sticky: newYork,
      from: newYork,
      rule: 'sticky',
      rejected: { sticky: 2 },
    },
    {
      title: 'even when it is busy, over its daily number and not healthy',
      pool: [number(sanFrancisco), number(newYork, { ...exhausted, ...inSeconds(900), healthy: false })],
      sticky: newYork,
      from: newYork,
      rule: 'sticky',
      rejected: { sticky: 1 },
    },
    {
      title: 'one that has left the pool is forgotten',
      pool: [number(sanFrancisco)],
      sticky: newYork,
      from: sanFrancisco,
      rule: 'only_member',
    },
    {
      title: 'one that carries SMS only does not send MMS, and stays remembered for SMS',
      pool: [number(sanFrancisco, smsOnly), number(newYork), number(oakland)],
      service: 'mms',
      sticky: sanFrancisco,
      from: oakland,
      rule: 'local_region',
      rejected: { service: 1, local_region: 1 },
      remember: sanFrancisco,
    },
    {
      title: 'without sticky sender no member is remembered',
      pool: [number(sanFrancisco), number(newYork)],
      rules: { stickySender: false },
      sticky: newYork,
      from: sanFrancisco,
      rule: 'local_area_code',
      rejected: { local_area_code: 1 },
      remember: null,
    },
  ],
  'opt-out': [
    {
      title: 'a member that opted out of all others gets nothing from itself',
      pool: [number(sanFrancisco), number(newYork)],
      to: sanFrancisco,
      optOuts: [stop(newYork)],
      from: newYork,
      rule: 'only_member',
      rejected: { self: 1 },
      fails: true,
      remember: null,
    },
    {
      title: 'members that the destination opted out of are left out',
      pool: [number(sanFrancisco), number(newYork)],
      optOuts: [stop(sanFrancisco)],
      from: newYork,
      rule: 'only_member',
      rejected: { opted_out: 1 },
    },
    {
      title: 'a sticky sender keeps the conversation: the message fails',
      pool: [number(sanFrancisco), number(newYork)],
      sticky: newYork,
      optOuts: [stop(newYork)],
      from: newYork,
      rule: 'sticky',
      rejected: { sticky: 1 },
      fails: true,
      remember: null,
    },
    {
      title: 'opted out of all members: the message fails from the one that would have sent it',
      pool: [number(newYork), number(sanFrancisco), number(london)],
      optOuts: [stop(newYork), stop(sanFrancisco), stop('another')],
      from: sanFrancisco,
      rule: 'local_area_code',
      rejected: { reach: 1, opted_out: 1 },
      fails: true,
      remember: null,
    },
    {
      title: 'opted out of the whole pool',
      pool: [number(sanFrancisco), number(newYork)],
      optOuts: [stop('gone', { scope: 'powerpack' })],
      from: sanFrancisco,
      rule: 'local_area_code',
      rejected: { opted_out: 1 },
      fails: true,
      remember: null,
    },
    {
      title: 'opted out of the whole account, by another powerpack',
      pool: [number(sanFrancisco), number(newYork)],
      optOuts: [stop('gone', { powerpackUuid: otherUuid, scope: 'account' })],
      from: sanFrancisco,
      rule: 'local_area_code',
      rejected: { opted_out: 1 },
      fails: true,
      remember: null,
    },
    {
      title: 'an opt-out from another pool, or from numbers of others, changes nothing',
      pool: [number(sanFrancisco), number(newYork)],
      optOuts: [stop(oakland, { powerpackUuid: otherUuid, scope: 'powerpack' })],
      from: sanFrancisco,
      rule: 'local_area_code',
      rejected: { local_area_code: 1 },
    },
  ],
  'number priority': [
    {
      title: 'a new powerpack asks its short code first',
      pool: [number(sanFrancisco), number(tollfree), shortcode('72345', 'US')],
      from: '72345/US',
      rule: 'priority',
      rejected: { priority: 2 },
    },
    {
      title: 'then long codes, then toll-free numbers',
      pool: [number(tollfree), number(toronto)],
      from: toronto,
      rule: 'priority',
      rejected: { priority: 1 },
    },
    {
      title: 'the list of the powerpack is followed',
      pool: [number(sanFrancisco), number(tollfree), shortcode('72345', 'US')],
      rules: priority(['tollfree', 'shortcode', 'longcode']),
      from: tollfree,
      rule: 'priority',
      rejected: { priority: 2 },
    },
    {
      title: 'kinds that it does not name come last: long codes, toll-free numbers, short codes',
      pool: [number(tollfree), shortcode('72345', 'US'), number(newYork)],
      rules: priority([]),
      from: newYork,
      rule: 'priority',
      rejected: { priority: 2 },
    },
    {
      title: 'the next kind sends when the first has no capacity left',
      pool: [number(sanFrancisco, exhausted), number(tollfree)],
      from: tollfree,
      rule: 'priority',
      rejected: { capacity: 1 },
    },
    {
      title: 'the first kind sends when none has capacity left',
      pool: [number(tollfree, exhausted), number(sanFrancisco, exhausted)],
      from: sanFrancisco,
      rule: 'priority',
      rejected: { priority: 1 },
    },
    {
      title: 'members that are not healthy count as without capacity',
      pool: [shortcode('72345', 'US', { healthy: false }), number(tollfree)],
      from: tollfree,
      rule: 'priority',
      rejected: { capacity: 1 },
    },
  ],
  'local connect': [
    {
      title: 'the same area code',
      pool: [number(newYork), number(oakland), number(sanFrancisco, inSeconds(30))],
      from: sanFrancisco,
      rule: 'local_area_code',
      rejected: { local_area_code: 2 },
    },
    {
      title: 'else the same state',
      pool: [number(newYork), number(oakland, inSeconds(30)), number(toronto)],
      from: oakland,
      rule: 'local_region',
      rejected: { local_region: 2 },
    },
    {
      title: 'else the same country',
      pool: [number(toronto), number(newYork, inSeconds(30))],
      from: newYork,
      rule: 'country',
      rejected: { country: 1 },
    },
    {
      title: 'else any',
      pool: [number(toronto, inSeconds(30)), number(vancouver)],
      from: vancouver,
      rule: 'least_busy',
      rejected: { least_busy: 1 },
    },
    {
      title: 'provinces as well as states',
      pool: [number(toronto), number(vancouver), number(sanFrancisco)],
      to: '16135550199',
      from: toronto,
      rule: 'local_region',
      rejected: { local_region: 2 },
    },
    {
      title: 'what is near gives way when it has no capacity left',
      pool: [number(sanFrancisco, exhausted), number(oakland), number(newYork)],
      from: oakland,
      rule: 'local_region',
      rejected: { capacity: 1, local_region: 1 },
    },
    {
      title: 'where no member has capacity left, the country counts and the area does not',
      pool: [
        number(sanFrancisco, { ...exhausted, segmentsToday: 201 }),
        number(newYork, exhausted),
        number(toronto, exhausted),
      ],
      from: newYork,
      rule: 'country',
      rejected: { least_busy: 1, country: 1 },
    },
    {
      title: 'among several of one area the least busy sends',
      pool: [number(sanFrancisco, inSeconds(2)), number(sanFranciscoToo, inSeconds(1)), number(newYork)],
      from: sanFranciscoToo,
      rule: 'local_area_code',
      rejected: { least_busy: 1, local_area_code: 1 },
    },
    {
      title: 'switched off, the least busy sends',
      pool: [number(sanFrancisco, inSeconds(1)), number(toronto)],
      rules: { localConnect: false },
      from: toronto,
      rule: 'least_busy',
      rejected: { least_busy: 1 },
    },
    {
      title: 'it does not make a long code go before a kind with priority',
      pool: [number(sanFrancisco), number(tollfree)],
      rules: priority(['tollfree']),
      from: tollfree,
      rule: 'priority',
      rejected: { priority: 1 },
    },
  ],
  'least busy': [
    {
      title: 'the number that is free first',
      pool: [number(sanFrancisco, inSeconds(3)), number(sanFranciscoToo, inSeconds(2))],
      from: sanFranciscoToo,
      rule: 'least_busy',
      rejected: { least_busy: 1 },
    },
    {
      title: 'of free numbers the one with the fewest segments today',
      pool: [
        number(sanFrancisco, { segmentsToday: 4, ...inSeconds(-900) }),
        number(sanFranciscoToo, { segmentsToday: 3, ...inSeconds(-1) }),
      ],
      from: sanFranciscoToo,
      rule: 'least_busy',
      rejected: { least_busy: 1 },
    },
    {
      title: 'else the lowest number',
      pool: [number(sanFranciscoToo), number(sanFrancisco)],
      from: sanFrancisco,
      rule: 'least_busy',
      rejected: { least_busy: 1 },
    },
  ],
};

for (const [chapter, cases] of Object.entries(chapters)) {
  describe(chapter, () => {
    for (const { title, from, rule, rejected = {}, fails, remember, ...situation } of cases) {
      test(title, () => {
        const selection = select(situation);
        assert.equal(selection.kind, 'chosen');
        assert.deepEqual(
          {
            from: selection.candidate.queue,
            rule: selection.rule,
            rejected: selection.rejected,
            fails: selection.optedOut,
            remember: selection.remember?.queue ?? null,
          },
          { from, rule, rejected, fails: fails ?? false, remember: remember === undefined ? from : remember },
        );
      });
    }
  });
}

describe('no member can send', () => {
  const cases: [pool: readonly Member[], to: string, service: Service, why: string][] = [
    [[], toSanFrancisco, 'sms', 'the number pool of the powerpack is empty'],
    [[number(newYork, smsOnly)], toSanFrancisco, 'mms', 'no member of the number pool can send mms'],
    [
      [number(sanFrancisco), number(newYork, smsOnly)],
      sanFrancisco,
      'mms',
      'the only member of the number pool that could send it is the destination itself',
    ],
    [
      [shortcode('72345', 'CA')],
      toSanFrancisco,
      'sms',
      'no member of the number pool that can send sms reaches US; it has short codes (CA)',
    ],
    [
      [number(tollfree), shortcode('72345', 'US')],
      toLondon,
      'sms',
      'no member of the number pool that can send sms reaches GB; it has short codes (US), toll-free numbers (US)',
    ],
  ];
  for (const [pool, to, service, why] of cases) {
    test(why, () => {
      const selection = select({ pool, to, service });
      assert.equal(selection.kind === 'none' && selection.why, why);
    });
  }
});
