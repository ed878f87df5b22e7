// The find bar's options: pages by words, what was found, messages by text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Found, optionsOf } from './find-options.ts';

const uuid = '018f0000-0000-7000-8000-000000000001';
const found = (kind: Found['kind'], id: string, name: string | null = null): Found => ({
  kind,
  id,
  name,
  resource_uri: '',
});
const inWords = (typed: string, objects: readonly Found[] = []) =>
  optionsOf(typed, objects).map(
    ({ about, label, href }) => `${about} ${label} ${href.replace('/console', '')}`,
  );

test('pages are found by the beginning of a word of theirs', () => {
  assert.deepEqual(inWords('  num')[0], 'Page Numbers /numbers');
  assert.deepEqual(
    optionsOf('num', []).map(({ label }) => label),
    ['Numbers', 'Rent numbers', 'Own numbers', '“num”'],
  );
  assert.deepEqual(inWords('umber'), ['Messages of a week with “umber” /messages?text=umber&range=week']);
  assert.deepEqual(inWords('  '), []);
});

test('each kind of thing leads to its page', () => {
  const rows: readonly [Found, readonly string[]][] = [
    [found('message', uuid), [`Message ${uuid} /messages/${uuid}`]],
    [found('powerpack', uuid, 'Parcels'), [`Powerpack Parcels /powerpacks/${uuid}`]],
    [found('webhook', uuid), [`Callback ${uuid} /webhooks/${uuid}`]],
    [found('change', uuid, 'POST Powerpack/'), [`Change POST Powerpack/ /account/changes?api_id=${uuid}`]],
    [
      found('number', '14155550100', 'Desk'),
      ['Number of the account +1 415 555 0100, Desk /numbers/14155550100'],
    ],
    [found('number', '14155550100'), ['Number of the account +1 415 555 0100 /numbers/14155550100']],
    [
      found('person', '14155550188'),
      [
        'Messages from and to +1 415 555 0188 /messages?number=14155550188&range=week',
        'Opt-outs of +1 415 555 0188 /opt-outs/14155550188',
      ],
    ],
    [found('application', '123', 'Front desk'), ['Application Front desk /applications/123']],
    [found('campaign', 'CM1', 'Spring'), ['10DLC campaign Spring /campaigns']],
    [found('brand', 'B1', 'Acme'), ['10DLC brand Acme /campaigns']],
    [found('subaccount', 'SA1', 'Team'), ['Subaccount Team /account']],
  ];
  for (const [one, expected] of rows) assert.deepEqual(inWords('99', [one]), expected, one.kind);
});

test('numbers and UUIDs are not looked for in texts', () => {
  for (const typed of ['+1 415 555 0188', uuid]) assert.deepEqual(inWords(typed), []);
});
