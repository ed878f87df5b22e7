// How many messages go all the way: accepted, sender chosen, submitted, reported, and the customer's URL called; in turns with Kannel where it is installed.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { root } from '../scripts/ready.mjs';
import { costInWords, cpuOf, perMessage, readUsed, settleMs } from './costs.mjs';
import { hasKannel, makeKannelTraffic, startKannel } from './kannel.mjs';
import { measureInTurns, median, medians, printRate } from './measure.mjs';
import { startProcess, startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic } from './traffic.mjs';
import { readDelivered, readSubmitted, sendAndWait, warmUps } from './whole-life.mjs';

/**
 * Measures from the first message to the last "delivered", and without callbacks to the last submission. Numbers have no pace; with callbacks
 * we make three a message and Kannel two.
 */
export async function measureEndToEnd(engine, bareCase, { profileDir, ...how }) {
  const started = [];
  const start = async (starting) => {
    const process = await starting;
    started.push(process);
    return process;
  };
  try {
    const sink = await start(startProcess([join(root, 'bench', 'callback-sink.mjs')]));
    const kannel = hasKannel() ? await start(startKannel()) : undefined;
    await withHome(engine, async (environment, { databaseUrl }) => {
      const server = await startServer({ ...environment, RUCKSACK_PACING: 'unlimited' }, profileDir);
      const client = databaseUrl === undefined ? undefined : new pg.Client(databaseUrl);
      try {
        await client?.connect();
        const ours = casesOfOurs(server, client, sink, await makeSender(server.url));
        const theirs = kannel === undefined ? [] : casesOfKannel(kannel, sink);
        const [bare] = await measureInTurns(engine, [bareCase], { ...how, rounds: 1 });
        await measureCases([...ours, ...theirs], how);
        print(engine, bare, ours, theirs);
      } finally {
        await client?.end();
        await server.stop();
      }
    });
  } finally {
    for (const process of started.reverse()) await process.stop();
  }
}

function casesOfOurs(server, client, sink, { uuid }) {
  const url = server.url;
  const readOurs = async () =>
    client === undefined ? { nodeUs: await cpuOf(server.pid) } : readUsed([server], client);
  const inWords = (cost) => (client === undefined ? `Node ${cost.nodeUs.toFixed(0)} µs` : costInWords(cost));
  return [
    {
      name: 'end to end, with callbacks',
      url,
      nextRequest: makeTraffic(uuid, { url: `${sink.url}/status` }),
      readDone: () => readDelivered(sink.url),
      readUsed: readOurs,
      inWords,
    },
    {
      name: 'end to end, no callbacks',
      url,
      nextRequest: makeTraffic(uuid),
      readDone: () => readSubmitted(url),
      readUsed: readOurs,
      inWords,
    },
  ];
}

function casesOfKannel({ url, pids, readTaken }, sink) {
  const readUsed = async () => {
    const used = Object.entries(pids).map(async ([name, pid]) => [name, await cpuOf(pid)]);
    return Object.fromEntries(await Promise.all(used));
  };
  const inWords = (cost) =>
    Object.entries(cost)
      .map(([name, us]) => `${name} ${us.toFixed(0)} µs`)
      .join(', ');
  return [
    {
      name: 'Kannel, with callbacks',
      url,
      nextRequest: makeKannelTraffic(`${sink.url}/kannel`),
      readDone: () => readDelivered(sink.url),
      readUsed,
      inWords,
    },
    {
      name: 'Kannel, no callbacks',
      url,
      nextRequest: makeKannelTraffic(undefined),
      readDone: readTaken,
      readUsed,
      inWords,
    },
  ];
}

/** Runs the cases in turns, after those that do not count; adds to each its rates and costs. */
async function measureCases(cases, how) {
  for (const one of cases) Object.assign(one, { rates: [], costs: [] });
  for (let round = -warmUps; round < how.rounds; round++) {
    for (const one of cases) {
      const before = await one.readUsed();
      const { answers, perSecond } = await sendAndWait(one, how);
      await pause(settleMs);
      const cost = perMessage(before, await one.readUsed(), answers);
      if (round < 0) continue;
      one.rates.push(perSecond);
      one.costs.push(cost);
    }
  }
}

function print(engine, bare, ours, theirs) {
  for (const [index, { name, rates, costs, inWords }] of [...ours, ...theirs].entries()) {
    const rate = median(rates);
    const other = theirs[index];
    const besideKannel = other === undefined ? [] : [`${(rate / median(other.rates)).toFixed(3)} of Kannel`];
    printRate(engine, name, rate, bare.perSecond, [...besideKannel, inWords(medians(costs))]);
  }
}
