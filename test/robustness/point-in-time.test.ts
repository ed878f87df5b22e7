// Back to a moment, as docs/operating.md says: a base backup, the archived log, and a server on what PostgreSQL has recovered.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { idIn, tokenIn } from '../command-line/data-directory.ts';
import { basicAuth } from '../support/app.ts';
import { serverUrl } from '../support/database.ts';
import { PostgresNode } from '../support/postgres-node.ts';
import {
  makeTemporaryDirectory,
  processEnvironment,
  type RunningServer,
  startProcess,
} from '../support/process.ts';
import { until } from '../support/until.ts';

const cannot =
  serverUrl === undefined || !existsSync('/usr/lib/postgresql')
    ? 'needs the programs of PostgreSQL, and DATABASE_URL'
    : false;

test('a database is brought back to the moment before a mistake', { skip: cannot }, async (t) => {
  const { path: dataDir, remove } = await makeTemporaryDirectory();
  const [node, recovered] = [await PostgresNode.make(), await PostgresNode.make()];
  t.after(async () => {
    await node.remove();
    await recovered.remove();
    await remove();
  });
  await node.initialise();
  await node.start();
  const archive = await node.archive();

  const first = await startProcess(processEnvironment(dataDir, { DATABASE_URL: node.url }));
  const account = { authId: idIn(first.greeting), authToken: tokenIn(first.greeting) };
  const call = async (server: RunningServer, method: string, path: string, body?: object) => {
    const answer = await fetch(`${server.url}/v1/Account/${account.authId}/${path}`, {
      method,
      headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    return (answer.status === 204 ? {} : await answer.json()) as {
      uuid: string;
      objects: { name: string }[];
    };
  };
  await call(first, 'POST', 'Powerpack/', { name: 'in the base backup' });
  await recovered.takeBaseBackup(node);
  const { uuid } = await call(first, 'POST', 'Powerpack/', { name: 'in the log' });
  const [moment] = await node.query('select clock_timestamp()::text as text');
  await call(first, 'DELETE', `Powerpack/${uuid}/`);
  await call(first, 'POST', 'Powerpack/', { name: 'after the mistake' });
  await first.stop();
  const [end] = await node.query('select pg_walfile_name(pg_switch_wal()) as file');
  await until(async () => {
    const [archived] = await node.query(
      `select last_archived_wal >= '${end?.file}' as is_done from pg_stat_archiver`,
    );
    return archived?.is_done === true;
  });
  await node.crash();

  await recovered.recoverTo(archive, String(moment?.text));
  await recovered.start();
  await until(async () => {
    const [state] = await recovered.query('select pg_is_in_recovery() as is_on_its_way');
    return state?.is_on_its_way === false;
  });
  const second = await startProcess(processEnvironment(dataDir, { DATABASE_URL: recovered.url }));
  const { objects } = await call(second, 'GET', 'Powerpack/');
  assert.deepEqual(objects.map(({ name }) => name).sort(), ['in the base backup', 'in the log']);
  await second.stop();
});
