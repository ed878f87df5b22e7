// Measuring cases in turns, so that whatever else the machine does falls on all of them; and the lines that are printed.
import { load } from './load.mjs';

/**
 * Runs each case for `seconds`, one after the other, for a number of rounds; prints a line for each, compared with the first.
 * A case is a name, the address of its server, the expected status, and a function that makes the next request.
 */
export async function measureInTurns(engine, cases, { connections, seconds, rounds }) {
  const measured = cases.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { url, status, nextRequest }] of cases.entries()) {
      measured[index].push(await load({ url, connections, seconds, status, nextRequest }));
    }
  }
  const ofCases = measured.map((runs) => ({
    perSecond: median(runs.map(({ perSecond }) => perSecond)),
    p50Ms: median(runs.map(({ p50Ms }) => p50Ms)),
    p99Ms: median(runs.map(({ p99Ms }) => p99Ms)),
  }));
  for (const [index, { name }] of cases.entries()) {
    const { p50Ms, p99Ms } = ofCases[index];
    printRate(engine, name, ofCases[index].perSecond, ofCases[0].perSecond, [
      `p50 ${p50Ms.toFixed(1)} ms`,
      `p99 ${p99Ms.toFixed(1)} ms`,
    ]);
  }
  return ofCases;
}

/** Prints one line: the name, the rate a second, and how that compares with the bare server. */
export function printRate(engine, name, perSecond, barePerSecond, more) {
  const columns = [
    engine.padEnd(11),
    name.padEnd(32),
    `${Math.round(perSecond)}/s`.padStart(9),
    `ratio ${(perSecond / barePerSecond).toFixed(3)}`,
    ...more,
  ];
  process.stdout.write(`${columns.join('  ')}\n`);
}

/** Returns the median of each figure of some runs. */
export const medians = (runs) =>
  Object.fromEntries(Object.keys(runs[0] ?? {}).map((name) => [name, median(runs.map((run) => run[name]))]));

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
