// Reads how much processes and a PostgreSQL server have used so far: CPU time, commits, rows written, bytes of WAL. The load of the machine hardly moves these.
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts the time of processes in these. */
const ticksPerSecond = 100;

/** Statistics of the database come a moment later. */
export const settleMs = 300;

/** Returns what servers and the database, asked over `client`, have used so far. */
export async function readUsed(servers, client) {
  const used = await Promise.all(servers.map(({ pid }) => cpuOf(pid)));
  return { nodeUs: used.reduce((sum, us) => sum + us), ...(await readDatabase(client)) };
}

/** Returns the CPU time of a process so far, microseconds. */
export const cpuOf = async (pid) => (await readStat(pid)).ownUs;

/** Returns what a database, asked over `client`, has done so far, and the CPU time of its whole server. */
export async function readDatabase(client) {
  await client.query('select pg_stat_clear_snapshot()');
  const { rows } = await client.query(`
    select xact_commit as commits, (select wal_bytes from pg_stat_wal) as wal_bytes,
      (select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables) as written,
      (select sum(n_tup_hot_upd) from pg_stat_user_tables) as hot, pg_backend_pid() as pid
    from pg_stat_database where datname = current_database()`);
  const [{ commits, wal_bytes: walBytes, written, hot, pid }] = rows;
  return {
    postgresUs: await cpuOfServer(pid),
    commits: Number(commits),
    written: Number(written),
    hot: Number(hot),
    walBytes: Number(walBytes),
  };
}

/** Returns how much of each count was used for one of `messages`. */
export const perMessage = (before, after, messages) =>
  Object.fromEntries(Object.entries(after).map(([name, count]) => [name, (count - before[name]) / messages]));

/** Returns one line that says what a message costs. */
export const costInWords = ({ nodeUs, postgresUs, commits, written, hot, walBytes }) =>
  `Node ${nodeUs.toFixed(0)} µs, PostgreSQL ${postgresUs.toFixed(0)} µs, ${commits.toFixed(3)} commits, ` +
  `${written.toFixed(1)} rows written (${hot.toFixed(1)} of them HOT), ${(walBytes / 1000).toFixed(1)} KB of WAL`;

/** Returns the CPU time of all processes of the PostgreSQL server to which a backend belongs, those that have ended included. */
async function cpuOfServer(backendPid) {
  const { parent: postmaster } = await readStat(backendPid);
  let total = (await readStat(postmaster)).ofEndedUs;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readStat(name).catch(() => undefined);
    if (stat?.parent === postmaster) total += stat.ownUs;
  }
  return total;
}

/** Reads what Linux says of a process (its manual, proc(5)); what stands before the last bracket is its name. */
async function readStat(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const microseconds = (first) =>
    ((Number(fields[first]) + Number(fields[first + 1])) / ticksPerSecond) * 1e6;
  return { parent: Number(fields[1]), ownUs: microseconds(11), ofEndedUs: microseconds(13) };
}
