// Rates of the control plane: a powerpack read and changed, and a page of a large pool.
import { requestBytes } from './load.mjs';
import { measureInTurns } from './measure.mjs';
import { benchCaller, call, makePowerpack, startServer, withHome } from './server.mjs';

const poolSize = 10_000;
const powerpacks = 100;

/** Prints how long starts take, and the rates of reads and changes beside the bare server. */
export async function measureControlPlane(engine, bareCase, { profileDir, ...how }) {
  await withHome(engine, async (environment) => {
    const first = await startServer(environment);
    const firstStartMs = first.readyMs;
    await first.stop();
    const server = await startServer(environment, profileDir);
    process.stdout.write(
      `${engine}: first start to first answer ${firstStartMs} ms, later starts ${server.readyMs} ms\n`,
    );
    try {
      const world = await fillServer(server.url);
      await measureInTurns(engine, [bareCase, ...casesOf(server.url, world)], how);
    } finally {
      await server.stop();
    }
  });
}

/** Makes a powerpack with a pool of 10,000 own numbers, and a hundred powerpacks to update. */
async function fillServer(url) {
  const numbers = Array.from({ length: poolSize }, (_, index) => `1415${2_000_000 + index}`);
  const { poolPath } = await makePowerpack(url, 'big', numbers);
  const uuids = [];
  for (let index = 0; index < powerpacks; index++) {
    uuids.push((await call(url, 'POST', 'Powerpack/', { name: `bench ${index}` })).uuid);
  }
  return { poolPath, uuids };
}

function casesOf(url, { poolPath, uuids }) {
  let turn = 0;
  const nextPath = () => `${benchCaller.path}/Powerpack/${uuids[turn++ % uuids.length]}/`;
  const get = (path) => requestBytes({ method: 'GET', path, authorization: benchCaller.authorization });
  const update = () => {
    const body = { sticky_sender: true, local_connect: turn % 2 === 0 };
    return requestBytes({ method: 'POST', path: nextPath(), authorization: benchCaller.authorization, body });
  };
  return [
    { name: 'powerpack get', url, status: 200, nextRequest: () => get(nextPath()) },
    { name: 'powerpack update', url, status: 200, nextRequest: update },
    {
      name: 'pool list, 10,000 members',
      url,
      status: 200,
      nextRequest: () => get(`${poolPath}Number/?limit=20&offset=${(turn++ % 400) * 20}`),
    },
  ];
}
