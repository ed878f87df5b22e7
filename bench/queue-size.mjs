// The cost of a hundred thousand waiting messages: memory of the process, bytes of the database.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { loadMany } from './load.mjs';
import { call, startServer, withHome } from './server.mjs';
import { makeSender, makeTraffic } from './traffic.mjs';

/** Many in one request, so that filling the queue takes no longer than it must; each once, so that none is dropped as a double. */
const perRequest = 100;
const requests = 1000;
/** Slow enough that hardly one goes out meanwhile, quick enough that none expires. */
const rates = 'us-longcode=0.2/0.2';

/** Prints memory and disk before the queue is filled, and what filling it has added. */
export async function measureQueueSize(engine, _bareCase, { connections }) {
  await withHome(engine, async (environment, home) => {
    const server = await startServer({ ...environment, RUCKSACK_RATES: rates });
    try {
      const { uuid } = await makeSender(server.url);
      const nextRequest = makeTraffic(uuid, { message_expiry: 10_800 }, perRequest);
      const before = await measure(server, home);
      await loadMany({ url: server.url, connections, count: requests, status: 202, nextRequest });
      const after = await measure(server, home);
      const shown = ['resident', 'heap', 'disk'].map(
        (what) => `${what} ${megabytes(before[what])} + ${megabytes(after[what] - before[what])} MB`,
      );
      const queued = `${after.queued.toLocaleString('en')} messages queued`;
      process.stdout.write(`${engine.padEnd(11)}  ${queued}: ${shown.join(', ')}\n`);
    } finally {
      await server.stop();
    }
  });
}

async function measure({ url, pid }, home) {
  const { queued, heapBytes } = await readMetrics(url);
  return { queued, heap: heapBytes, resident: await residentBytes(pid), disk: await diskBytes(home) };
}

/** Returns the number of queued messages and the memory that Node has in use, as the server's metrics report them. */
export async function readMetrics(url) {
  const metrics = await call(url, 'GET', '/metrics');
  const read = (name) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics)?.[1]);
  return { queued: read('rucksack_queued_messages'), heapBytes: read('nodejs_heap_size_used_bytes') };
}

/** Returns the resident memory of the process, as Linux reports it; 0 elsewhere. */
export async function residentBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

export const megabytes = (bytes) => Math.round(bytes / 1e6);

async function diskBytes({ dataDir, databaseUrl }) {
  if (databaseUrl === undefined) return folderBytes(dataDir);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query('select pg_database_size(current_database()) as size');
  await client.end();
  return Number(rows[0].size);
}

async function folderBytes(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    // What the database removes while we look counts nothing.
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
