// Bad input: any method, path, header, query and body gets a refusal in the wire's shape or a documented success.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { fuzzBytes, fuzzRoutes, sendBytes } from './fuzz.ts';
import { type FuzzWorld, makeFuzzWorld } from './fuzz-world.ts';
import { addressed, rawCases } from './raw-requests.ts';

let world: FuzzWorld;
const connections = new Set<Socket>();
before(async () => {
  world = await makeFuzzWorld();
  world.app.app.server.http.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
});
after(() => world.app.stop());

describe('odd requests, and those that once broke the server', () => {
  for (const rawCase of rawCases) {
    test(`${rawCase.what}: ${rawCase.status}`, async () => {
      const bytes = addressed(rawCase, world.app.account);
      const { statuses, fault } = await sendBytes(world, bytes, rawCase.isCutShort ? 0 : undefined);
      assert.equal(fault, undefined);
      const [first] = rawCase.status === 'none' ? [] : statuses;
      assert.equal(first ?? 'none', rawCase.status);
    });
  }
});

// `npm run fuzz` does the same for longer, with other seeds.
test('requests to every route', () => fuzzRoutes(world, { seed: 1, runs: 3_000 }));

test('damaged requests', () => fuzzBytes(world, { seed: 1, runs: 1_000 }));

test('after all that the server answers, and no connection is left', async () => {
  const signal = AbortSignal.timeout(2_000);
  await Promise.all([...connections].map((socket) => once(socket, 'close', { signal })));
  assert.equal((await world.app.call('GET', 'Powerpack/')).status, 200);
});
