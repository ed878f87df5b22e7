// Quiet hours, as a table, and their property on any day in any zone.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timeZonesOf } from '../telecom/time-zones.ts';
import { isQuiet, parseQuietHours, quietFrom, quietUntil, writeQuietHours } from './quiet-hours.ts';

const night = parseQuietHours('21:00-08:00');
assert.ok(night);

for (const text of ['21:00-08:00', '00:00-07:30', '22:15-06:00']) {
  test(`${text} is read and written`, () => {
    const read = parseQuietHours(text);
    assert.ok(read);
    assert.equal(writeQuietHours(read), text);
  });
}
for (const text of ['', '21-08', '24:00-08:00', '08:00-08:00', '06:00-23:00', '21:00-8:00']) {
  test(`"${text}" is refused`, () => assert.equal(parseQuietHours(text), undefined));
}

const zonesOf: [number: string, zones: string[]][] = [
  ['12125551001', ['America/New_York']],
  ['12085551001', ['America/Boise', 'America/Denver', 'America/Los_Angeles']],
  ['14725551001', ['America/New_York']],
  ['12735551001', ['America/Halifax', 'America/Toronto']],
  ['442071838750', ['Europe/London']],
  ['61491570156', ['Australia/Sydney']],
];
for (const [number, zones] of zonesOf)
  test(`the zones of ${number}`, () => assert.deepEqual(timeZonesOf(number), zones));

const ends: [what: string, zones: string[], at: string, until: string | undefined][] = [
  ['the evening', ['America/New_York'], '2026-03-03T02:00:00Z', '2026-03-03T13:00:00.000Z'],
  ['noon', ['America/New_York'], '2026-03-03T17:00:00Z', undefined],
  ['the first quiet moment', ['UTC'], '2026-03-03T21:00:00Z', '2026-03-04T08:00:00.000Z'],
  ['the last quiet moment', ['UTC'], '2026-03-03T07:59:59.999Z', '2026-03-03T08:00:00.000Z'],
  ['the first moment after', ['UTC'], '2026-03-03T08:00:00Z', undefined],
  [
    'the night when clocks are put on',
    ['America/New_York'],
    '2026-03-08T03:00:00Z',
    '2026-03-08T12:00:00.000Z',
  ],
  [
    'the night when clocks are put back',
    ['America/New_York'],
    '2026-11-01T02:00:00Z',
    '2026-11-01T13:00:00.000Z',
  ],
  [
    'two zones, the western one last',
    ['America/Boise', 'America/Los_Angeles'],
    '2026-03-03T14:00:00Z',
    '2026-03-03T16:00:00.000Z',
  ],
  [
    'two zones, the eastern one first',
    ['America/Boise', 'America/Los_Angeles'],
    '2026-03-03T04:30:00Z',
    '2026-03-03T16:00:00.000Z',
  ],
];
describe('quiet hours end', () => {
  for (const [what, zones, at, until] of ends) {
    test(what, () => {
      const found = quietUntil(night, zones, new Date(at));
      assert.equal(found instanceof Date ? found.toISOString() : found, until);
    });
  }
});

test('zones around the world leave no moment', () => {
  const zones = ['Pacific/Auckland', 'Asia/Kolkata', 'Europe/London', 'America/Los_Angeles'];
  assert.equal(quietUntil(night, zones, new Date('2026-03-03T12:00:00Z')), 'never');
});

test('on any day in any zone, quiet hours end where it is not quiet, were quiet until then, and begin when they say', () => {
  const zones = [
    'America/New_York',
    'America/Phoenix',
    'America/St_Johns',
    'Europe/Dublin',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  ];
  for (const zone of zones) {
    for (let hour = 0; hour < 366 * 24; hour += 5) {
      const at = new Date(Date.UTC(2026, 0, 1, hour, (hour * 7) % 60));
      const until = quietUntil(night, [zone], at);
      assert.notEqual(until, 'never');
      if (until instanceof Date) {
        assert.ok(!isQuiet(night, [zone], until), `${zone} ${at.toISOString()}`);
        assert.ok(isQuiet(night, [zone], new Date(until.getTime() - 1)), `${zone} ${at.toISOString()}`);
      } else {
        const from = quietFrom(night, [zone], at);
        assert.ok(
          isQuiet(night, [zone], from) && !isQuiet(night, [zone], new Date(from.getTime() - 1)),
          `${zone} ${at.toISOString()}`,
        );
      }
    }
  }
});
