// The simulator's numbers for sale, and searching them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { listAreaCodes } from './area-codes.ts';
import { parseE164 } from './e164.ts';
import { findInventoryNumber, type InventoryQuery, inventoryServices, searchInventory } from './inventory.ts';

const nothingTaken = () => false;
const query = (more: Partial<InventoryQuery>): InventoryQuery => ({
  countryIso2: 'US',
  limit: 20,
  offset: 0,
  ...more,
});
const numbersFor = (more: Partial<InventoryQuery>, isTaken: (number: string) => boolean = nothingTaken) =>
  searchInventory(query({ limit: 100_000, ...more }), isTaken).numbers.map(({ number }) => number);

const inRegion = (countryIso2: string, regionCode: string) =>
  100 *
  listAreaCodes().filter((code) => code.countryIso2 === countryIso2 && code.regionCodes.includes(regionCode))
    .length;
const sold = (countryIso2: string, use: string) =>
  100 * listAreaCodes().filter((code) => code.countryIso2 === countryIso2 && code.use === use).length;

const searches: [what: string, asked: Partial<InventoryQuery>, total: number, first: string | undefined][] = [
  ['US', {}, sold('US', 'geographic') + 700, '12015550100'],
  ['any type', { type: 'any' }, sold('US', 'geographic') + 700, '12015550100'],
  ['local', { type: 'local' }, sold('US', 'geographic'), '12015550100'],
  ['fixed', { type: 'fixed' }, sold('US', 'geographic'), '12015550100'],
  ['national', { type: 'national' }, sold('US', 'geographic'), '12015550100'],
  ['mobile', { type: 'mobile' }, 0, undefined],
  ['toll-free', { type: 'tollfree' }, 700, '18005550100'],
  ['Canada', { countryIso2: 'CA' }, sold('CA', 'geographic'), '12045550100'],
  ['toll-free in Canada', { countryIso2: 'CA', type: 'tollfree' }, 0, undefined],
  ['another country', { countryIso2: 'GB' }, 0, undefined],
  ['a US territory', { countryIso2: 'PR' }, 0, undefined],
  ['pattern: area code', { pattern: '415' }, 100, '14155550100'],
  ['pattern with country code', { pattern: '1415' }, 100, '14155550100'],
  ['pattern with a plus', { pattern: '+1415' }, 100, '14155550100'],
  ['pattern: beginning of area codes', { pattern: '41', type: 'local' }, 700, '14105550100'],
  ['pattern: country code only', { pattern: '1', type: 'tollfree' }, 700, '18005550100'],
  ['pattern: exchange', { pattern: '415555' }, 100, '14155550100'],
  ['pattern: into the last digits', { pattern: '41555501' }, 100, '14155550100'],
  ['pattern: ten numbers', { pattern: '415555012' }, 10, '14155550120'],
  ['pattern: one number', { pattern: '14155550123' }, 1, '14155550123'],
  ['pattern: longer than a number', { pattern: '141555501234' }, 0, undefined],
  ['pattern: another exchange', { pattern: '415556' }, 0, undefined],
  ['pattern: no digits', { pattern: 'abc' }, 0, undefined],
  ['pattern: an area code of the other country', { pattern: '416' }, 0, undefined],
  ['toll-free by pattern', { pattern: '800' }, 100, '18005550100'],
  ['region by code', { region: 'CA' }, inRegion('US', 'CA'), '12095550100'],
  ['region by name', { region: 'california' }, inRegion('US', 'CA'), '12095550100'],
  ['region of Canada', { countryIso2: 'CA', region: 'Ontario' }, inRegion('CA', 'ON'), '12265550100'],
  ['region that shares its codes', { countryIso2: 'CA', region: 'PE' }, 200, '17825550100'],
  ['region of the other country', { region: 'Ontario' }, 0, undefined],
  ['unknown region', { region: 'Nowhere' }, 0, undefined],
  ['toll-free numbers have no region', { region: 'CA', type: 'tollfree' }, 0, undefined],
  ['region and pattern that agree', { region: 'CA', pattern: '415' }, 100, '14155550100'],
  ['region and pattern that do not', { region: 'NY', pattern: '415' }, 0, undefined],
  ['area code and exchange', { npaNxx: '415555' }, 100, '14155550100'],
  ['another exchange', { npaNxx: '415556' }, 0, undefined],
  ['area code alone as npanxx', { npaNxx: '415' }, 0, undefined],
  ['npanxx and pattern', { npaNxx: '415555', pattern: '4155550199' }, 1, '14155550199'],
  ['npanxx and another pattern', { npaNxx: '415555', pattern: '212' }, 0, undefined],
  ['SMS and MMS', { services: ['sms', 'mms'], pattern: '415' }, 100, '14155550100'],
  ['voice', { services: ['sms', 'voice'], pattern: '415' }, 0, undefined],
  ['no service named', { services: [], pattern: '415' }, 100, '14155550100'],
  ['city', { city: 'SAN FRANCISCO' }, 0, undefined],
  ['LATA', { lata: '722' }, 0, undefined],
  ['rate centre', { rateCenter: 'SNFC CNTRL' }, 0, undefined],
  ['local calling area', { localCallingArea: '415' }, 0, undefined],
];

for (const [what, asked, total, first] of searches) {
  test(`search: ${what}`, () => {
    const page = searchInventory(query(asked), nothingTaken);
    assert.deepEqual([page.total, page.numbers[0]?.number], [total, first]);
    assert.equal(page.numbers.length, Math.min(20, total));
  });
}

test('the inventory holds about 43,000 numbers, in order, each once', () => {
  const numbers = numbersFor({});
  assert.deepEqual(numbers, [...new Set(numbers)].sort());
  assert.ok(numbers.length > 37_000);
  assert.ok(numbersFor({ countryIso2: 'CA' }).length > 5000);
});

test('every number for sale is read by parseE164 as it is sold, and is found by its digits', () => {
  for (const countryIso2 of ['US', 'CA']) {
    for (const sold of searchInventory(query({ countryIso2, limit: 100_000 }), nothingTaken).numbers) {
      assert.deepEqual({ ...parseE164(sold.number), services: inventoryServices }, sold);
      assert.deepEqual(findInventoryNumber(sold.number), sold);
    }
  }
});

const notSold = [
  '14155550099',
  '14155550200',
  '14165560123',
  '17875550123',
  '16225550123',
  '15555550123',
  '4155550123',
  '+14155550123',
  '141555501234',
  '24155550123',
  '',
];

for (const number of notSold) {
  test(`"${number}" is not for sale`, () => assert.equal(findInventoryNumber(number), undefined));
}

test('pages are contiguous, whichever numbers are taken', () => {
  const patterns = fc.constantFrom(undefined, '41', '415', '800', '20');
  const taken = fc.uniqueArray(
    fc.constantFrom(...numbersFor({ pattern: '415' }), ...numbersFor({ pattern: '800' })),
  );
  fc.assert(
    fc.property(patterns, taken, fc.integer({ min: 1, max: 400 }), (pattern, takenList, limit) => {
      const takenNumbers = new Set(takenList);
      const isTaken = (number: string) => takenNumbers.has(number);
      const region = pattern === undefined ? 'WY' : undefined;
      const all = numbersFor({ pattern, region }).filter((number) => !isTaken(number));
      const paged: string[] = [];
      for (let offset = 0; offset <= all.length; offset += limit) {
        const page = searchInventory(query({ pattern, region, limit, offset }), isTaken);
        assert.equal(page.total, all.length);
        paged.push(...page.numbers.map(({ number }) => number));
      }
      assert.deepEqual(paged, all);
    }),
    { seed: 20261121, numRuns: 50 },
  );
});

test('a page past the end is empty and still has the count', () => {
  assert.deepEqual(searchInventory(query({ pattern: '415', offset: 100 }), nothingTaken), {
    total: 100,
    numbers: [],
  });
});

test('no text in a filter makes it throw, and results begin with the pattern', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[0-9+]{0,12}$/),
    fc.constantFrom('CA', 'Texas'),
  );
  fc.assert(
    fc.property(text, text, text, (pattern, region, npaNxx) => {
      const page = searchInventory(query({ pattern, region, npaNxx }), nothingTaken);
      assert.ok(page.total >= page.numbers.length);
      for (const { number } of searchInventory(query({ pattern }), nothingTaken).numbers) {
        const digits = pattern.replace('+', '');
        assert.ok(
          number.startsWith(digits) || number.slice(1).startsWith(digits),
          `${number} for ${pattern}`,
        );
      }
    }),
    { seed: 20261121, numRuns: 300 },
  );
});
