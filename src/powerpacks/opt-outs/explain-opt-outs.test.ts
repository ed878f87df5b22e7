// Sentences about opt-outs, as tables.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { blockedInWords, optOutsToShow, warningsOf } from './explain-opt-outs.ts';
import type { OptOut } from './opt-out.ts';

const [ours, another, elsewhere] = ['14155550100', '14155550101', '14155550102'];
const powerpackUuid = '0198a000-0000-7000-8000-000000000000';
const otherUuid = '0198a000-0000-7000-8000-000000000001';
const now = new Date('2026-03-14T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const shop = { powerpackUuid, isMember: (queue: string) => queue === ours || queue === another };

const stop = (queue: string | undefined, of: Partial<OptOut> = {}): OptOut => ({
  accountId: 'MAEXPLAIN00000000000',
  destination: '12125550150',
  queue,
  powerpackUuid,
  scope: 'number',
  optedOutAt: minutesAgo(10),
  isConfirmed: false,
  ...of,
});
const ofOther = (queue: string, scope: OptOut['scope']) => stop(queue, { powerpackUuid: otherUuid, scope });

test('opt-outs of members, of the powerpack and of the account are explained; another powerpack is not named', () => {
  const shown = optOutsToShow(
    [
      stop(elsewhere),
      ofOther(ours, 'powerpack'),
      ofOther(elsewhere, 'account'),
      ofOther(elsewhere, 'powerpack'),
      stop(undefined, { scope: 'powerpack' }),
    ],
    shop,
  );
  assert.deepEqual(
    shown.map(({ number, scope }) => [number, scope]),
    [
      [elsewhere, 'number'],
      [ours, 'powerpack'],
      [undefined, 'account'],
      [undefined, 'powerpack'],
    ],
  );
});

describe('before a message goes from our number', () => {
  const cases: [what: string, optOuts: readonly OptOut[], warning: RegExp | undefined][] = [
    ['nothing is said without an opt-out', [], undefined],
    ['nothing of one that blocks it', [stop(ours)], undefined],
    ['nothing of one that concerns others', [ofOther(elsewhere, 'powerpack')], undefined],
    [
      'one of another member is',
      [stop(another)],
      new RegExp(`STOP to ${another}, .* opt_out_scope was number`),
    ],
    [
      'one of a member that has left is',
      [stop(elsewhere)],
      new RegExp(`STOP to ${elsewhere}, .* opt_out_scope`),
    ],
    [
      'one of a member in answer to another powerpack is',
      [ofOther(another, 'powerpack')],
      new RegExp(`STOP to ${another}, .* did not answer this powerpack`),
    ],
    [
      'the confirmation that may still go is',
      [stop(ours, { optedOutAt: minutesAgo(4) })],
      /^One message .* 2026-03-14T12:01:00\.000Z, as the confirmation/,
    ],
    ['none that has gone', [stop(ours, { optedOutAt: minutesAgo(4), isConfirmed: true })], undefined],
    [
      'none where an older opt-out blocks it too',
      [stop(ours, { optedOutAt: minutesAgo(4) }), stop(ours)],
      undefined,
    ],
  ];
  for (const [what, optOuts, warning] of cases) {
    test(what, () => {
      const warnings = warningsOf(optOuts, ours, shop, now);
      if (warning === undefined) assert.deepEqual(warnings, []);
      else assert.match(warnings.join('\n'), warning);
    });
  }
});

describe('a blocked message names', () => {
  const cases: [what: string, optOut: OptOut, words: RegExp][] = [
    ['its own number', stop(ours), new RegExp(`STOP to ${ours}$`)],
    [
      'another member',
      stop(another, { scope: 'powerpack' }),
      new RegExp(`STOP to ${another}, which counts for every number of the powerpack$`),
    ],
    [
      'no number of another powerpack',
      ofOther(elsewhere, 'account'),
      /STOP to another number of the account, which counts for every number of the account$/,
    ],
  ];
  for (const [what, optOut, words] of cases) {
    test(what, () => assert.match(blockedInWords(optOut, { queue: ours, powerpackUuid }), words));
  }
});
