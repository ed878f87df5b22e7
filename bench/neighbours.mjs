// The effect of an account that floods on another one: the time of the other one's requests beside the flood, as a multiple of their time alone.
import { load } from './load.mjs';
import { benchCaller, neighbour, startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic, membersOf } from './traffic.mjs';

/** As many as the vendor lets one account have under way, each to as many people as one request may name. */
const flooders = 64;
const perRequest = 1000;
/** Few enough that the other account alone does not fill the server. */
const quietConnections = 2;

export async function measureNeighbours(engine, _bareCase, { seconds, rounds, profileDir }) {
  await withHome(engine, async (environment) => {
    // Its account is made by a start of its own: each start makes one.
    await (await startServer({ ...environment, ...neighbour.settings })).stop();
    const server = await startServer(environment, profileDir);
    try {
      const flood = await makeSender(server.url);
      const quiet = await makeSender(server.url, membersOf(40, 4_000_000), neighbour);
      const { url } = server;
      const nextFlood = makeTraffic(flood.uuid, {}, perRequest, benchCaller);
      const nextQuiet = makeTraffic(quiet.uuid, {}, 1, neighbour);
      const measureQuiet = () =>
        load({ url, connections: quietConnections, seconds, nextRequest: nextQuiet });
      for (let round = 0; round < rounds; round++) {
        const alone = await measureQuiet();
        const [flooded, beside] = await Promise.all([
          load({ url, connections: flooders, seconds, nextRequest: nextFlood }),
          measureQuiet(),
        ]);
        print(engine, 'alone', alone, alone);
        print(engine, `beside ${flooders} × ${perRequest}`, beside, alone);
        print(engine, 'the flood', flooded, alone);
      }
    } finally {
      await server.stop();
    }
  });
}

function print(engine, name, { perSecond, p50Ms, p99Ms, byStatus }, alone) {
  const columns = [
    engine.padEnd(11),
    name.padEnd(20),
    `${perSecond.toFixed(1)}/s`.padStart(9),
    `p50 ${p50Ms.toFixed(1)} ms (${(p50Ms / alone.p50Ms).toFixed(1)} ×)`,
    `p99 ${p99Ms.toFixed(1)} ms`,
    JSON.stringify(byStatus),
  ];
  process.stdout.write(`${columns.join('  ')}\n`);
}
