// Data of every release, opened by this version: all of it can be read by the API, and what waited then goes on.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { describeApi } from '../../src/api/reference/openapi.ts';
import { routes } from '../../src/api/routes.ts';
import { checkBackupFile, readBatches } from '../../src/backup/backup-file.ts';
import { writeDataFiles } from '../../src/backup/data-files.ts';
import { makeDatabase } from '../../src/backup/databases.ts';
import type { Batch } from '../../src/backup/read-rows.ts';
import { packageRoot } from '../../src/base/package-root.ts';
import { migrationsFolder, readMigrations } from '../../src/db/migrate.ts';
import { idIn, tokenIn } from '../command-line/data-directory.ts';
import { makeAnswerCheck } from '../support/answer-check.ts';
import { basicAuth } from '../support/app.ts';
import { createServerDatabase, serverUrl } from '../support/database.ts';
import { makeTemporaryDirectory, processEnvironment, runCommand, startProcess } from '../support/process.ts';
import { until } from '../support/until.ts';
import { startWebhookCatcher } from '../support/webhook-catcher.ts';

/** Made by scripts/fill-server.mjs with the program of the release in the file's name. */
const releases = join(packageRoot, 'test', 'data', 'releases');
/** Where those servers call their customer, whom nobody plays there. */
const customer = '127.0.0.1:8999';

const checkAnswer = makeAnswerCheck(describeApi(routes, 'test', undefined));

/** Returns the rows with another address of the customer. */
async function* calledBackAt(host: string, batches: AsyncIterable<Batch>): AsyncGenerator<Batch> {
  for await (const { table, lines } of batches) {
    yield { table, lines: lines.map((line) => line.replaceAll(customer, host)) };
  }
}

/** A database as a release left it. */
interface Place {
  /** The settings of a server on it, whose time is that of the backup: two minutes before the messages that wait are due. */
  readonly environment: Record<string, string>;
  readonly remove: () => Promise<void>;
}

/** Makes a database as the release left it, with its schema. */
async function restoreAsItWas(name: string, host: string): Promise<Place> {
  const path = join(releases, name);
  const { path: dataDir, remove } = await makeTemporaryDirectory();
  const server = serverUrl === undefined ? undefined : await createServerDatabase(serverUrl);
  const { header } = await checkBackupFile(path);
  await writeDataFiles(dataDir, header.files);
  const known = await readMigrations(migrationsFolder);
  await makeDatabase(
    { databaseUrl: server?.url, dataDir },
    {
      contents: header,
      batches: calledBackAt(host, readBatches(path)),
      migrations: known.filter(({ name: migration }) => header.migrations.includes(migration)),
    },
  );
  return {
    environment: processEnvironment(dataDir, {
      ...(server === undefined ? {} : { DATABASE_URL: server.url }),
      RUCKSACK_VIRTUAL_CLOCK: header.made_at,
    }),
    async remove() {
      await server?.drop();
      await remove();
    },
  };
}

/** Parameters without which some lists are refused. */
const queries: Readonly<Record<string, string>> = {
  Find: '?query=1',
  PhoneNumber: '?country_iso=US',
};
/** A stream, and the test kit, which is off. */
const unread = /\/(Event|Snapshot)$|^\/v1\/PhoneNumber$/;

for (const name of readdirSync(releases).filter((file) => file.endsWith('.backup'))) {
  describe(`data of ${name}`, () => {
    test('are read by the API, and what waited ends', async (t) => {
      const catcher = await startWebhookCatcher();
      const { environment, remove } = await restoreAsItWas(name, new URL(catcher.url).host);
      const server = await startProcess(environment);
      t.after(async () => {
        await server.stop();
        await catcher.close();
        await remove();
      });
      const { stdout } = await runCommand(['account', 'show'], environment);
      const account = { authId: idIn(stdout), authToken: tokenIn(stdout) };
      // biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is what tests are about
      const call = async (method: string, target: string, body?: object): Promise<any> => {
        const answer = await fetch(server.url + target, {
          method,
          headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
          body: body === undefined ? null : JSON.stringify(body),
        });
        const text = await answer.text();
        assert.ok(answer.ok, `${method} ${target}: ${answer.status} ${text}`);
        checkAnswer({ method, target, status: answer.status, text });
        return JSON.parse(text);
      };
      const base = `/v1/Account/${account.authId}`;
      const list = async (path: string): Promise<Record<string, string>[]> =>
        (await call('GET', `${base}/${path}`)).objects;

      const waiting = await list('Message/?message_state=queued');
      assert.ok(waiting.length > 5);
      assert.ok((await list('Webhook/?outcome=pending')).length > 5);

      /** Name of a path segment → the values that the data have for it. */
      const values: Record<string, readonly (string | undefined)[]> = {
        auth_id: [account.authId],
        powerpack_uuid: (await list('Powerpack/')).map(({ uuid }) => uuid),
        number_pool_uuid: (await list('Powerpack/')).map(({ number_pool: pool }) => pool?.split('/')[5]),
        message_uuid: (await list('Message/')).map(({ message_uuid: id }) => id),
        app_id: (await list('Application/')).map(({ app_id: id }) => id),
        subaccount_id: (await list('Subaccount/')).map(({ auth_id: id }) => id),
        media_id: (await list('Media/')).map(({ media_id: id }) => id),
        carrier_name: (await list('Carrier/')).map(({ name: carrier }) => carrier),
        route_id: (await list('Route/')).map(({ route_id: id }) => id),
        webhook_uuid: (await list('Webhook/')).map(({ webhook_uuid: id }) => id),
      };
      let read = 0;
      for (const { path, method } of routes) {
        const segments = [...path.matchAll(/:(\w+)/g)].map(([, segment = '']) => segment);
        const last = segments.at(-1) ?? '';
        const isKnown = segments.every((segment) => values[segment] !== undefined);
        if (method !== 'GET' || unread.test(path) || !isKnown) continue;
        if (segments.length > 2) continue;
        for (const value of values[last] ?? []) {
          const target = path.replace(':auth_id', account.authId).replace(`:${last}`, value ?? '');
          await call('GET', `${target}/${queries[path.split('/')[4] ?? ''] ?? ''}`);
          read += 1;
        }
      }
      assert.ok(read > 100, `${read} objects`);

      await until(async () => {
        await call('POST', `${base}/Simulator/Clock/`, { action: 'advance', seconds: 60 });
        const [queued, calls] = [
          await list('Message/?message_state=queued'),
          await list('Webhook/?outcome=pending'),
        ];
        return queued.length + calls.length === 0;
      });
      const states = await Promise.all(
        waiting.map(
          async ({ message_uuid: id }) => (await call('GET', `${base}/Message/${id}/`)).message_state,
        ),
      );
      assert.deepEqual([...new Set(states)], ['delivered']);
      for (const { message_uuid: id } of waiting) {
        const told = catcher.calls.find(
          ({ parameters }) => parameters.MessageUUID === id && parameters.Status === 'delivered',
        );
        assert.ok(told?.isSignedWith(account.authToken), id);
      }
      assert.equal((await server.stop()).code, 0);
    });
  });
}
