// How many messages the server accepts: stored, sender chosen, send slot reserved, 202 returned.
import { measureInTurns } from './measure.mjs';
import { startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic, members } from './traffic.mjs';

/** Measures accepting. On PostgreSQL the server only accepts; the embedded database serves one process, which sends as well. */
export async function measureAccept(engine, bareCase, { profileDir, ...how }) {
  await withHome(engine, async (environment) => {
    const roles = engine === 'PostgreSQL' ? { RUCKSACK_ROLES: 'api' } : {};
    const server = await startServer({ ...environment, ...roles }, profileDir);
    try {
      const { uuid } = await makeSender(server.url);
      const accept = {
        name: `accept, ${members} members, sticky`,
        url: server.url,
        status: 202,
        nextRequest: makeTraffic(uuid),
      };
      await measureInTurns(engine, [bareCase, accept], how);
    } finally {
      await server.stop();
    }
  });
}
