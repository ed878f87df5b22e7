// Sequence numbers of a session that has used them up: they begin again (SMPP 3.4 section 5.1.4; carriers.md section 6.1).
import assert from 'node:assert/strict';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import { systemTimers } from '../../src/base/timers.ts';
import { VirtualClock } from '../../src/base/virtual-clock.ts';
import { Framer } from '../../src/carriers/smpp/framer.ts';
import { decodePdu, encodePdu, noTlvs } from '../../src/carriers/smpp/pdu.ts';
import { Session } from '../../src/carriers/smpp/session.ts';
import { sampleMessage } from '../support/smpp-samples.ts';
import { Wires } from '../support/stream-pair.ts';

const last = 0x7fff_ffff;

/** Returns a session on one end of a connection whose next request has this number. */
function sessionFrom(firstSequence: number, socket: Duplex): Session {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  const settings = { enquireLinkMs: 30_000, responseMs: 20_000, inboundWindow: 10, nackStatus: 0x14 };
  const events = {
    deliver: async () => 0,
    answered() {},
    unbinding() {},
    unexpected() {},
    writable() {},
    ended() {},
  };
  return new Session(socket, clock, settings, events, firstSequence);
}

/** Records the numbers of all requests that come to one end of a connection. */
function collectNumbers(socket: Duplex): number[] {
  const numbers: number[] = [];
  const framer = new Framer();
  socket.on('data', (chunk: Buffer) => {
    for (const octets of framer.push(chunk)) numbers.push(decodePdu(octets).sequence);
  });
  return numbers;
}

test('numbers begin again at 1 behind the last one, with 100 requests unanswered, and each gets its own answer', async () => {
  const wires = new Wires();
  const [ours, theirs] = wires.pair();
  const numbers = collectNumbers(theirs);
  const session = sessionFrom(last - 49, ours);
  const answers = Array.from({ length: 100 }, () =>
    session.request({ command: 'submit_sm', ...sampleMessage() }),
  );
  await wires.idle();
  const expected = Array.from({ length: 100 }, (_, index) => (index < 50 ? last - 49 + index : index - 49));
  assert.deepEqual(numbers, expected);
  assert.equal(session.pending, 100);
  for (const sequence of numbers.toReversed()) {
    const messageId = `m${sequence}`;
    theirs.write(encodePdu({ command: 'submit_sm_resp', status: 0, sequence, messageId, tlvs: noTlvs }));
  }
  const names = (await Promise.all(answers)).map((answer) => 'messageId' in answer && answer.messageId);
  assert.deepEqual(
    names,
    expected.map((sequence) => `m${sequence}`),
  );
  session.end('the test is over');
});
