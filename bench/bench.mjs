// `npm run bench [-- --seconds N --rounds N --only PARTS --engine NAME --profile DIR]`: rates of the server beside a bare one.
// On the embedded database always, on PostgreSQL too when DATABASE_URL names one (a database of its own is made there).
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeReady, root } from '../scripts/ready.mjs';
import { measureAccept } from './accept.mjs';
import { measureControlPlane } from './control-plane.mjs';
import { measureEndToEnd } from './end-to-end.mjs';
import { requestBytes } from './load.mjs';
import { measureNeighbours } from './neighbours.mjs';
import { measureOverSmpp } from './over-smpp.mjs';
import { measureQueueSize } from './queue-size.mjs';
import { startProcess } from './server.mjs';

const partsByName = {
  control: measureControlPlane,
  accept: measureAccept,
  'end-to-end': measureEndToEnd,
  smpp: measureOverSmpp,
  // It imports what is compiled, which may not be there before the clone is made ready.
  select: async (engine) => (await import('./select-sender.mjs')).measureSelection(engine),
  queue: measureQueueSize,
  neighbours: measureNeighbours,
};

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    /** Names of parts, with commas between them; all of them by default. */
    only: { type: 'string', default: Object.keys(partsByName).join(',') },
    /** `embedded` or `PostgreSQL`; both by default. */
    engine: { type: 'string' },
    /** Folder for CPU profiles of the servers, one file each. */
    profile: { type: 'string' },
  },
});
const how = {
  connections: 64,
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  profileDir: values.profile,
};
const parts = values.only.split(',').map((name) => partsByName[name]);
const engines = ['embedded', ...(process.env.DATABASE_URL === undefined ? [] : ['PostgreSQL'])].filter(
  (engine) => values.engine === undefined || engine === values.engine,
);
if (parts.includes(undefined) || !(how.seconds > 0) || !(how.rounds > 0)) {
  process.stderr.write(
    `--only takes ${Object.keys(partsByName).join(', ')}; --seconds and --rounds numbers\n`,
  );
  process.exit(2);
}

makeReady();
process.stdout.write(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0].model}), ${how.connections} connections, ` +
    `${how.rounds} rounds of ${how.seconds} s, medians; load generator and database on the same cores\n\n`,
);
const bare = await startProcess([join(root, 'bench', 'bare-server.mjs')]);
const bareRequest = requestBytes({ method: 'GET', path: '/', authorization: 'Basic bare' });
const bareCase = { name: 'bare 200', url: bare.url, status: 200, nextRequest: () => bareRequest };
try {
  for (const engine of engines) for (const measure of parts) await measure(engine, bareCase, how);
} finally {
  await bare.stop();
}
