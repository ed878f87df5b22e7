// The filters of a list of messages, as a table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../base/errors.ts';
import { firstIdOf } from '../base/id.ts';
import { readFilters } from './filters-wire.ts';
import type { ListMessagesFields } from './wire.ts';

const now = new Date('2026-03-14T09:26:53.589Z');
const idAt = (moment: string) => firstIdOf(Date.parse(moment));

const times: [fields: ListMessagesFields, from: string | undefined, before: string | undefined][] = [
  [{}, idAt('2026-03-13T09:26:53.589Z'), undefined],
  [{ message_time: '2026-03-14' }, idAt('2026-03-14T00:00:00Z'), idAt('2026-03-15T00:00:00Z')],
  [{ message_time: '2026-03-14 09:26' }, idAt('2026-03-14T09:26:00Z'), idAt('2026-03-14T09:27:00Z')],
  [{ message_time: '2026-03-14 09:26:53' }, idAt('2026-03-14T09:26:53Z'), idAt('2026-03-14T09:26:54Z')],
  [
    { message_time: '2026-03-14T09:26:53.589000+00:00' },
    idAt('2026-03-14T09:26:53.589Z'),
    idAt('2026-03-14T09:26:53.590Z'),
  ],
  [{ message_time__gte: '2026-03-14 09:26:00.000000 00:00' }, idAt('2026-03-14T09:26:00Z'), undefined],
  [{ message_time__gte: '2026-03-14T09:26:00+05:30' }, idAt('2026-03-14T03:56:00Z'), undefined],
  [{ message_time__lt: '2026-03-14 23:00-0800' }, undefined, idAt('2026-03-15T07:00:00Z')],
  [{ message_time__gte: '2026-03-14T09:26Z' }, idAt('2026-03-14T09:26:00Z'), undefined],
  [{ message_time__gte: '2026-03-14 09:26' }, idAt('2026-03-14T09:26:00Z'), undefined],
  [{ message_time__gt: '2026-03-14 09:26' }, idAt('2026-03-14T09:26:00.001Z'), undefined],
  [{ message_time__lt: '2026-03-14 09:26' }, undefined, idAt('2026-03-14T09:26:00Z')],
  [{ message_time__lte: '2026-03-14 09:26' }, undefined, idAt('2026-03-14T09:26:00.001Z')],
  [{ message_time__gte: '2026-03-14' }, idAt('2026-03-14T00:00:00Z'), undefined],
  [{ message_time__gt: '2026-03-14' }, idAt('2026-03-15T00:00:00Z'), undefined],
  [{ message_time__lt: '2026-03-14' }, undefined, idAt('2026-03-14T00:00:00Z')],
  [{ message_time__lte: '2026-03-14' }, undefined, idAt('2026-03-15T00:00:00Z')],
  [
    { message_time__gte: '2026-03-14', message_time__lte: '2026-03-14' },
    idAt('2026-03-14T00:00:00Z'),
    idAt('2026-03-15T00:00:00Z'),
  ],
  [
    { message_time__gte: '2026-03-01', message_time__gt: '2026-03-02', message_time__lt: '2026-03-04' },
    idAt('2026-03-03T00:00:00Z'),
    idAt('2026-03-04T00:00:00Z'),
  ],
];

for (const [fields, from, before] of times) {
  test(`times: ${JSON.stringify(fields)}`, () => {
    const filters = readFilters(fields, now);
    assert.deepEqual([filters?.from, filters?.before], [from, before]);
  });
}

for (const moment of [
  '2026-02-30',
  '2026-13-01',
  '2026-03-14 25:00',
  '1969-12-31',
  '2026-03-14 09:26 PM',
  '2026-03-14x',
  '2026-03-14 09:26+24:00',
  '2026-03-14 09:26+05:60',
]) {
  test(`${moment} is an invalid time`, () => {
    assert.throws(
      () => readFilters({ message_time__lt: moment }, now),
      (error) => error instanceof ApiError && error.message.startsWith('message_time__lt must be a time'),
    );
  });
}

const nothing: ListMessagesFields[] = [
  { message_state: 'read' },
  { message_state: 'rejected' },
  { message_type: 'whatsapp' },
  { tendlc_registration_status: 'pending' },
  { conversation_id: 'x' },
  { conversation_origin: 'x' },
  { powerpack_id: 'mine' },
];

for (const fields of nothing) {
  test(`nothing can match ${JSON.stringify(fields)}`, () =>
    assert.equal(readFilters(fields, now), undefined));
}

test('numbers are read as everywhere, countries in any case', () => {
  const filters = readFilters(
    { from_number: '+1 202-555-0100', to_number: '+72345', destination_country_iso2: 'us' },
    now,
  );
  assert.deepEqual(
    [filters?.sender, filters?.destination, filters?.countryIso2],
    ['12025550100', '72345', 'US'],
  );
  assert.ok(readFilters({ tendlc_registration_status: 'unregistered' }, now));
});
