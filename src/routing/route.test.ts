// Which route counts: the table of what is more specific, and a naive rule that must agree on any set of routes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type RoutedSender, type RouteMatch, scopeOfRoute, scopesOfSender } from './route.ts';

const powerpackUuid = '0198f6a4-0000-7000-8000-000000000001';
const accountId = 'MAAAAAAAAAAAAAAAAAAA';
const subaccountId = 'SAAAAAAAAAAAAAAAAAAA';

const tollfree: RoutedSender = {
  sender: '18005550123',
  senderKind: 'tollfree',
  senderCountry: 'US',
  powerpackUuid,
  subaccountId,
  accountId,
};
const shortCode: RoutedSender = {
  ...tollfree,
  sender: '72345',
  senderKind: 'shortcode',
  senderCountry: 'CA',
};
const name: RoutedSender = {
  ...tollfree,
  sender: 'RUCKSACK',
  senderKind: 'alphanumeric',
  senderCountry: undefined,
};
const bare: RoutedSender = { ...tollfree, powerpackUuid: undefined, subaccountId: undefined };

describe('the routes that a sender could have, the most specific first', () => {
  const cases: [what: string, sender: RoutedSender, scopes: string[]][] = [
    [
      'a toll-free number in the powerpack of a subaccount',
      tollfree,
      [
        'number:18005550123',
        `powerpack:${powerpackUuid}`,
        'kind:US/tollfree',
        'kind:tollfree',
        'country:US',
        `account:${subaccountId}`,
        `account:${accountId}`,
        'default',
      ],
    ],
    [
      'a short code, which the country tells apart',
      shortCode,
      [
        'number:72345/CA',
        'number:72345',
        `powerpack:${powerpackUuid}`,
        'kind:CA/shortcode',
        'kind:shortcode',
        'country:CA',
        `account:${subaccountId}`,
        `account:${accountId}`,
        'default',
      ],
    ],
    [
      'an alphanumeric name, which has no country',
      name,
      [
        'number:RUCKSACK',
        `powerpack:${powerpackUuid}`,
        'kind:alphanumeric',
        `account:${subaccountId}`,
        `account:${accountId}`,
        'default',
      ],
    ],
    [
      'a number that a main account names itself',
      bare,
      [
        'number:18005550123',
        'kind:US/tollfree',
        'kind:tollfree',
        'country:US',
        `account:${accountId}`,
        'default',
      ],
    ],
  ];
  for (const [what, sender, scopes] of cases) {
    test(what, () => assert.deepEqual(scopesOfSender(sender), scopes));
  }
});

/** Returns the route by the rule as one would tell it: of those whose conditions hold, the one with the most specific conditions. */
function naiveRoute(sender: RoutedSender, matches: readonly RouteMatch[]): RouteMatch | undefined {
  const rankOf = ({ number, kind, countryIso2, powerpackUuid, accountId }: RouteMatch): number => {
    if (number !== undefined) return countryIso2 === undefined ? 8 : 9;
    if (powerpackUuid !== undefined) return 7;
    if (kind !== undefined) return countryIso2 === undefined ? 5 : 6;
    if (countryIso2 !== undefined) return 4;
    if (accountId !== undefined) return accountId.startsWith('SA') ? 3 : 2;
    return 1;
  };
  return matches
    .filter(
      (match) =>
        (match.number === undefined || match.number === sender.sender) &&
        (match.kind === undefined || match.kind === sender.senderKind) &&
        (match.countryIso2 === undefined || match.countryIso2 === sender.senderCountry) &&
        (match.powerpackUuid === undefined || match.powerpackUuid === sender.powerpackUuid) &&
        (match.accountId === undefined || [sender.accountId, sender.subaccountId].includes(match.accountId)),
    )
    .sort((a, b) => rankOf(b) - rankOf(a))[0];
}

test('on any set of routes the first name that has a route is the one that the naive rule takes', () => {
  const senders = [tollfree, shortCode, name, bare, { ...shortCode, senderCountry: 'US' }];
  const matches: RouteMatch[] = [
    ...senders.map(({ sender: number }) => ({ number })),
    { number: '72345', countryIso2: 'CA' },
    { number: '72345', countryIso2: 'US' },
    { number: '14155550199' },
    { powerpackUuid },
    { powerpackUuid: '0198f6a4-0000-7000-8000-000000000002' },
    ...(['longcode', 'tollfree', 'shortcode', 'alphanumeric'] as const).flatMap((kind) => [
      { kind },
      { kind, countryIso2: 'US' },
      { kind, countryIso2: 'CA' },
    ]),
    { countryIso2: 'US' },
    { countryIso2: 'CA' },
    { accountId },
    { accountId: subaccountId },
    { accountId: 'MABBBBBBBBBBBBBBBBBB' },
    {},
  ];
  fc.assert(
    fc.property(fc.constantFrom(...senders), fc.subarray(matches), (sender, routes) => {
      const byScope = new Map(routes.map((match) => [scopeOfRoute(match), match]));
      const found = scopesOfSender(sender).find((scope) => byScope.has(scope));
      assert.deepEqual(found === undefined ? undefined : byScope.get(found), naiveRoute(sender, routes));
    }),
    { numRuns: 2000 },
  );
});
