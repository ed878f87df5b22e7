// A tile grid map: every state, province and territory is a square of the same size in its rough place. The places of the states are
// those of NPR's tile grid; Canada stands above them, Alaska beside Yukon.

export interface Tile {
  /** Country and region as ISO 3166-2 writes them: `US-CA`. */
  readonly id: string;
  readonly countryIso2: string;
  readonly regionCode: string;
  /** From 0, downwards. */
  readonly row: number;
  /** From 0, to the right. */
  readonly column: number;
}

/** A row a line, two characters and a space a column. The rows of Canada come first. */
const drawing = `
.. YT NT NU .. .. .. .. .. .. NL ..
.. BC AB SK MB .. ON .. QC NB PE NS
AK .. .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. .. WI .. .. .. VT NH
.. WA ID MT ND MN IL MI .. NY MA ..
.. OR NV WY SD IA IN OH PA NJ CT RI
.. CA UT CO NE MO KY WV VA MD DE ..
.. .. AZ NM KS AR TN NC SC DC .. ..
.. .. .. .. OK LA MS AL GA .. .. ..
HI .. .. .. TX .. .. .. .. FL .. ..`;
const canadianRows = 2;

export const tiles: readonly Tile[] = drawing
  .trim()
  .split('\n')
  .flatMap((line, row) => {
    const countryIso2 = row < canadianRows ? 'CA' : 'US';
    return line.split(' ').flatMap((regionCode, column) => {
      if (regionCode === '..') return [];
      return [{ id: tileId(countryIso2, regionCode), countryIso2, regionCode, row, column }];
    });
  });

export function tileId(countryIso2: string, regionCode: string): string {
  return `${countryIso2}-${regionCode}`;
}

export type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

/** How much further a step aside counts than one ahead: an arrow goes to what is straight ahead, if there is anything near. */
const aside = 3;

/** Returns the tile that an arrow key leads to; the same tile at the edge. */
export function tileBeside(from: Tile, direction: Direction): Tile {
  const isVertical = direction === 'ArrowUp' || direction === 'ArrowDown';
  const sign = direction === 'ArrowUp' || direction === 'ArrowLeft' ? -1 : 1;
  let best = from;
  let shortest = Number.POSITIVE_INFINITY;
  for (const tile of tiles) {
    const down = tile.row - from.row;
    const right = tile.column - from.column;
    const ahead = sign * (isVertical ? down : right);
    if (ahead <= 0) continue;
    const distance = ahead + aside * Math.abs(isVertical ? right : down);
    if (distance >= shortest) continue;
    best = tile;
    shortest = distance;
  }
  return best;
}
