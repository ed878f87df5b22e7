// Whether a host may take writes, by how it answers the probe.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { HostProbe } from './host-probe.ts';

/** Returns an ErrorResponse (PostgreSQL's manual, "Message Formats"). */
function refusal(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mrefused\0\0`);
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

const hosts: [title: string, answer: (socket: Socket) => void, mayTakeWrites: boolean][] = [
  ['has no connection free', (socket) => socket.end(refusal('53300')), true],
  ['is starting', (socket) => socket.end(refusal('57P03')), true],
  ['is a pooler that refuses', (socket) => socket.end(refusal('08P01')), true],
  ['hangs up', (socket) => socket.destroy(), false],
  ['says nothing', () => {}, false],
];

for (const [title, answer, mayTakeWrites] of hosts) {
  test(`a host that ${title} ${mayTakeWrites ? 'may take' : 'takes no'} writes`, async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => {}));
      socket.once('data', () => answer(socket));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const probe = new HostProbe(100);
    try {
      assert.equal(await probe.mayTakeWrites(`postgres://nobody@127.0.0.1:${port}/none`), mayTakeWrites);
    } finally {
      probe.close();
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  });
}
