// The map has every region that the server knows, each in a place of its own, and the arrow keys reach all of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listRegions } from '../../../src/telecom/area-codes.ts';
import { type Direction, type Tile, tileBeside, tileId, tiles } from './tile-grid.ts';

const directions: readonly Direction[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

test('there is a tile for each region, and no other', () => {
  const regions = listRegions().map(({ countryIso2, regionCode }) => tileId(countryIso2, regionCode));
  assert.deepEqual(tiles.map(({ id }) => id).sort(), regions.sort());
});

test('no two tiles have one place, and all are within 12 columns and 10 rows', () => {
  assert.equal(new Set(tiles.map(({ row, column }) => `${row} ${column}`)).size, tiles.length);
  assert.ok(tiles.every(({ row, column }) => row < 10 && column < 12));
});

const tileOf = (id: string): Tile => {
  const tile = tiles.find((one) => one.id === id);
  assert.ok(tile);
  return tile;
};

const moves: [from: string, direction: Direction, to: string][] = [
  ['US-CA', 'ArrowRight', 'US-UT'],
  ['US-CA', 'ArrowUp', 'US-OR'],
  ['US-WI', 'ArrowDown', 'US-IL'],
  ['US-WI', 'ArrowUp', 'CA-ON'],
  ['US-MI', 'ArrowRight', 'US-NY'],
  ['US-WA', 'ArrowUp', 'CA-BC'],
  ['US-HI', 'ArrowRight', 'US-TX'],
  ['US-ME', 'ArrowRight', 'US-ME'],
  ['CA-YT', 'ArrowUp', 'CA-YT'],
];

for (const [from, direction, to] of moves) {
  test(`${direction} leads from ${from} to ${to}`, () =>
    assert.equal(tileBeside(tileOf(from), direction).id, to));
}

test('every tile is reached from every other', () => {
  for (const start of tiles) {
    const reached = new Set([start]);
    for (const tile of reached) for (const direction of directions) reached.add(tileBeside(tile, direction));
    assert.equal(reached.size, tiles.length, start.id);
  }
});
