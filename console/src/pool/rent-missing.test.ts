// How many numbers of an area code are rented when requests fail on the way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RucksackError } from '../../../client/src/refusal.ts';
import { oneByOne } from './one-by-one.ts';
import { type Rental, rentalsOf, rentMissing } from './rent-missing.ts';

/** Returns a shop of so many numbers, which lists twenty at once as the server does; `before` and `after` may throw. */
function shopOf(stock: number, { before = () => {}, after = () => {} }: Partial<Trouble> = {}) {
  const pool = new Set<string>();
  /** Numbers that others rented. */
  const sold = new Set<string>();
  const lines = Array.from({ length: stock }, (_, line) => `1212555${1000 + line}`);
  const search = async () => lines.filter((number) => !pool.has(number) && !sold.has(number)).slice(0, 20);
  const rent = async (number: string): Promise<void> => {
    before(number, pool.size);
    pool.add(number);
    after(number, pool.size);
  };
  return { pool, sold, lines, search, rent };
}

interface Trouble {
  readonly before: (number: string, rented: number) => void;
  readonly after: (number: string, rented: number) => void;
}

const area = {
  area_code: '212',
  country_iso2: 'US',
  region: 'New York',
  region_members: 0,
  messages: 9,
  segments: 9,
  busiest_day_segments: 9,
};
const rentalOf = (numbers: number): Rental => {
  const [rental] = rentalsOf([{ ...area, numbers }]);
  assert.ok(rental);
  return rental;
};

/** Runs a rental as the page does. */
const runOf = (rental: Rental, { search, rent }: ReturnType<typeof shopOf>, ending = new AbortController()) =>
  oneByOne([rental], (item, signal) => rentMissing(item, { search, rent, signal }), {
    atOnce: 4,
    isTooEarly: (error) => error instanceof RucksackError && error.status === 429,
    wait: async () => {},
    onProgress: () => {},
    signal: ending.signal,
  });

/** Returns what throws when so many are rented, once. */
const onceAt = (count: number, error: Error) => {
  let isDue = true;
  return (_: string, rented: number): void => {
    if (!isDue || rented !== count) return;
    isDue = false;
    throw error;
  };
};

test('more numbers than one search lists are all rented', async () => {
  const shop = shopOf(100);
  const { failures } = await runOf(rentalOf(45), shop);
  assert.deepEqual([shop.pool.size, failures], [45, []]);
});

test('after a request that was too early only the rest is rented', async () => {
  const shop = shopOf(100, { before: onceAt(5, new RucksackError('too many requests', 429, undefined)) });
  const { failures } = await runOf(rentalOf(8), shop);
  assert.deepEqual([shop.pool.size, failures], [8, []]);
});

test('tried again after an answer was lost, the number that may be rented already is not rented beside another', async () => {
  const shop = shopOf(100, { after: onceAt(5, new TypeError('fetch failed')) });
  const rental = rentalOf(8);
  const { failures } = await runOf(rental, shop);
  assert.deepEqual(
    failures.map(({ reason }) => reason),
    ['fetch failed'],
  );
  const again = await runOf(rental, shop);
  assert.deepEqual([shop.pool.size, again.failures], [8, []]);
});

test('tried again after another was quicker, a number that is still for sale takes its place', async () => {
  const refuse = onceAt(3, new RucksackError('number not found in this account', 404, undefined));
  const shop = shopOf(100, {
    before: (number, rented) => {
      if (rented === 3) shop.sold.add(shop.lines[3] ?? '');
      refuse(number, rented);
    },
  });
  const rental = rentalOf(8);
  assert.equal((await runOf(rental, shop)).failures.length, 1);
  const again = await runOf(rental, shop);
  assert.deepEqual([shop.pool.size, again.failures, shop.pool.has(shop.lines[3] ?? '')], [8, [], false]);
});

test('fewer for sale than are missing is a failure that says how many were rented', async () => {
  const shop = shopOf(30);
  const { failures } = await runOf(rentalOf(45), shop);
  assert.deepEqual(
    [shop.pool.size, failures.map(({ reason }) => reason)],
    [30, ['only 30 of 45 numbers could be rented']],
  );
});

test('stopped within an area code, no further number is rented, and a repeat rents the rest', async () => {
  const ending = new AbortController();
  const shop = shopOf(100, { after: (_, rented) => rented === 5 && ending.abort() });
  const rental = rentalOf(8);
  const { failures } = await runOf(rental, shop, ending);
  assert.deepEqual(
    [shop.pool.size, failures.map(({ reason }) => reason)],
    [5, ['stopped: 5 of 8 numbers rented']],
  );
  await runOf(rental, shop);
  assert.equal(shop.pool.size, 8);
});
