// Sessions to an SMSC, and their troubles: binds that are refused, peers that fall silent, leave, stall or send nonsense (carriers.md section 6.3).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodePdu, noTlvs } from '../../src/carriers/smpp/pdu.ts';
import type { SubmitError } from '../../src/carriers/submit-error.ts';
import { failsWith, makeSmppBench, type SmppBench, withSmpp } from '../support/smpp-carrier.ts';
import type { SmscScript } from '../support/smsc.ts';
import { sampleSubmission } from '../support/submissions.ts';
import { Recorder } from './recorder.ts';

const sender = '14155550100';

const commandsOf = ({ smsc }: SmppBench, session = 0) =>
  smsc.sessions[session]?.received.map(({ command }) => command);

describe('a bind', () => {
  test('is a transceiver with the account of the configuration', () =>
    withSmpp({ system_type: 'vma', address_range: '^1415' }, {}, async ({ smsc }) => {
      const [bind] = smsc.sessions[0]?.received ?? [];
      assert.deepEqual(bind, {
        command: 'bind_transceiver',
        status: 0,
        sequence: 1,
        systemId: 'rucksack',
        password: 'secret',
        systemType: 'vma',
        interfaceVersion: 0x34,
        addressRange: { ton: 0, npi: 0, digits: '^1415' },
      });
    }));

  test('is told with its state, its host, and the name of the SMSC', () =>
    withSmpp({ binds: 2 }, {}, async ({ carrier, clock, smsc, pass }) => {
      const bind = {
        role: 'transceiver',
        state: 'bound',
        host: '127.0.0.1:2775',
        peer: 'smsc',
        unanswered: 0,
        unansweredSince: undefined,
      };
      const since = clock.now();
      assert.deepEqual(carrier.status().links, [
        { bind: 1, ...bind, since },
        { bind: 2, ...bind, since },
      ]);
      await pass(5000);
      smsc.bound[0]?.socket.destroy();
      await pass(0);
      const [first] = carrier.status().links ?? [];
      assert.deepEqual([first?.state, first?.peer, first?.since], ['waiting', '', clock.now()]);
    }));

  test('is told with the time at which the oldest message that is unanswered was handed over', () => {
    const answers: (() => void)[] = [];
    const submit = () => new Promise<object>((resolve) => answers.push(() => resolve({})));
    return withSmpp({}, { submit }, async ({ carrier, clock, pass }) => {
      const handedOver: Date[] = [];
      const inHand: Promise<unknown>[] = [];
      const oldest = () => carrier.status().links?.[0]?.unansweredSince;
      for (const ordinal of [1, 2]) {
        handedOver.push(clock.now());
        inHand.push(carrier.submit(sampleSubmission({ ordinal })));
        await pass(1000);
      }
      for (const since of handedOver) {
        assert.deepEqual(oldest(), since);
        answers.shift()?.();
        await pass(0);
      }
      assert.equal(oldest(), undefined);
      await Promise.all(inHand);
    });
  });

  test('is a transmitter and a receiver where that is asked for; receipts come over the second', () =>
    withSmpp({ bind: 'pair' }, {}, async (bench) => {
      assert.deepEqual(
        [commandsOf(bench, 0), commandsOf(bench, 1)],
        [['bind_transmitter'], ['bind_receiver']],
      );
      await bench.carrier.submit(sampleSubmission());
      await bench.pass(0);
      assert.equal(bench.recorder.reports.length, 1);
      assert.ok(commandsOf(bench, 1)?.includes('deliver_sm_resp'));
    }));

  test('takes what the SMSC sends right behind its answer', async () => {
    const bench = makeSmppBench();
    const recorder = new Recorder();
    const serve = bench.smsc.serve.bind(bench.smsc);
    bench.smsc.serve = (socket) => {
      const session = serve(socket);
      const { send } = session;
      session.send = (pdu) => {
        session.send = send;
        const message = {
          source: { ton: 1, npi: 1, digits: '14155550199' },
          shortMessage: Buffer.from('at once'),
        };
        void session.deliver(message).catch(() => {});
        send.call(session, pdu);
      };
      // The order is turned round, in one chunk: the delivery goes behind the answer to the bind.
      const write = session.write.bind(session);
      const held: Uint8Array[] = [];
      session.write = (octets) => {
        held.push(octets);
        if (held.length === 2) write(Buffer.concat(held.reverse()));
        if (held.length > 2) write(octets);
      };
      return session;
    };
    await bench.carrier.start(recorder);
    await bench.wires.idle();
    assert.deepEqual(
      recorder.messages.map(({ text }) => text),
      ['at once'],
    );
    await bench.carrier.stop();
  });

  const refusals: [what: string, status: number, forMs: number, most: number, state: string][] = [
    ['that is there already is tried again after a quarter of a minute', 0x05, 20_000, 3, 'down'],
    ['with a wrong password is tried after a minute, then two, then four', 0x0e, 300_000, 4, 'refused'],
    ['of an unknown account likewise', 0x0f, 300_000, 4, 'refused'],
  ];
  for (const [what, status, forMs, most, state] of refusals) {
    test(`${what}, and works without a restart once it may`, () =>
      withSmpp({}, { bind: () => status }, async ({ carrier, smsc, pass, recorder, connections }) => {
        assert.equal(carrier.status().state, state);
        assert.equal(carrier.room(sender), 0);
        await assert.rejects(
          carrier.submit(sampleSubmission()),
          failsWith(state === 'refused' ? 'misconfigured' : 'disconnected'),
        );
        await pass(forMs);
        assert.ok(connections() <= most, `${connections()} binds`);
        smsc.script = {};
        await pass(310_000);
        assert.equal(carrier.status().state, 'up');
        assert.equal(recorder.rooms, 1);
        await carrier.submit(sampleSubmission());
      }));
  }

  test('that is not answered is given up after ten seconds, and the next host is tried', async () => {
    const bench = makeSmppBench({ hosts: ['127.0.0.1:1', '127.0.0.1:2'] });
    const serve = bench.smsc.serve.bind(bench.smsc);
    bench.smsc.serve = (socket) => {
      const session = serve(socket);
      session.socket.removeAllListeners('data');
      session.socket.resume();
      bench.smsc.serve = serve;
      return session;
    };
    await bench.carrier.start(new Recorder());
    await bench.pass(9000);
    assert.equal(bench.carrier.status().links?.[0]?.state, 'binding');
    await bench.pass(3000);
    assert.match(bench.carrier.status().lastError?.text ?? '', /no answer to the bind within 10 s$/);
    const [link] = bench.carrier.status().links ?? [];
    assert.deepEqual([link?.state, link?.host], ['bound', '127.0.0.1:2']);
    await bench.carrier.stop();
  });

  test('is ended by an unbind, after the answers that are missing', async () => {
    const bench = makeSmppBench();
    await bench.carrier.start(new Recorder());
    await bench.wires.idle();
    let letGo = () => {};
    bench.smsc.script = { submit: () => new Promise((resolve) => (letGo = () => resolve({}))) };
    const inHand = bench.carrier.submit(sampleSubmission());
    await bench.wires.idle();
    const stopped = bench.carrier.stop();
    await bench.wires.idle();
    assert.equal(commandsOf(bench)?.at(-1), 'submit_sm');
    letGo();
    assert.equal((await inHand).parts.length, 1);
    await stopped;
    assert.equal(commandsOf(bench)?.at(-1), 'unbind');
  });

  test('to a host that cannot be reached is tried again, with waits between', () =>
    withSmpp({ hosts: ['127.0.0.1:1', '127.0.0.1:2'] }, {}, async (bench) => {
      for (const { socket } of bench.smsc.bound) socket.destroy();
      bench.isReachable = false;
      await bench.pass(5000);
      assert.match(bench.carrier.status().lastError?.text ?? '', /^127\.0\.0\.1:[12] cannot be reached/);
      assert.equal(bench.carrier.status().state, 'down');
      const before = bench.connections();
      await bench.pass(600_000);
      assert.ok(bench.connections() - before < 60, `${bench.connections() - before} attempts`);
      bench.isReachable = true;
      await bench.pass(60_000);
      assert.equal(bench.carrier.status().state, 'up');
    }));
});

describe('a peer', () => {
  test('that says nothing is asked, and left ten seconds later', () =>
    withSmpp({}, { submit: () => ({ silent: true }) }, async (bench) => {
      const { carrier, smsc, pass } = bench;
      const [session] = smsc.sessions;
      // Half-open: what is written arrives nowhere.
      session?.socket.removeAllListeners('data');
      session?.socket.resume();
      const lost = assert.rejects(carrier.submit(sampleSubmission()), failsWith('unanswered'));
      await pass(29_000);
      assert.equal(bench.connections(), 1);
      await pass(12_000);
      await lost;
      assert.equal(carrier.status().lastError?.text, 'the peer is silent');
      await pass(5000);
      assert.equal(bench.connections(), 2);
    }));

  test('that answers the question is kept', () =>
    withSmpp({}, {}, async (bench) => {
      await bench.pass(600_000);
      assert.equal(bench.connections(), 1);
      assert.ok((commandsOf(bench)?.filter((name) => name === 'enquire_link').length ?? 0) >= 19);
    }));

  test('that sends something else in place of the answer is kept, and the answer is waited for no longer', () =>
    withSmpp({}, {}, async ({ carrier, smsc, pass, connections }) => {
      const [session] = smsc.bound;
      session?.socket.removeAllListeners('data');
      session?.socket.resume();
      await pass(35_000);
      session?.send({ command: 'alert_notification', status: 0, sequence: 5 });
      await pass(10_000);
      assert.equal(connections(), 1);
      assert.equal(carrier.status().counts['unexpected answers'], undefined);
      session?.send({ command: 'enquire_link_resp', status: 0, sequence: 2 });
      await pass(0);
      assert.equal(carrier.status().counts['unexpected answers'], 1);
    }));

  test('has ten seconds for the answer, also where this process stood still before it asked', () =>
    withSmpp({}, {}, async ({ carrier, smsc, clock, pass, connections }) => {
      const [session] = smsc.bound;
      session?.socket.removeAllListeners('data');
      session?.socket.resume();
      clock.set(new Date(clock.now().getTime() + 60_000));
      await pass(9000);
      session?.send({ command: 'enquire_link_resp', status: 0, sequence: 2 });
      await pass(20_000);
      assert.deepEqual([connections(), carrier.status().state], [1, 'up']);
    }));

  test('that asks gets an answer', () =>
    withSmpp({}, {}, async ({ smsc, wires }) => {
      const answer = await smsc.bound[0]?.request({ command: 'enquire_link', status: 0, sequence: 0 });
      assert.equal(answer?.command, 'enquire_link_resp');
      await wires.idle();
    }));

  test('that resets in the middle of a window leaves each message in doubt, and none failed', () =>
    withSmpp(
      { window: 100 },
      { submit: () => ({ silent: true }) },
      async ({ carrier, smsc, wires, pass }) => {
        const failures = Array.from({ length: 100 }, (_, ordinal) =>
          assert.rejects(carrier.submit(sampleSubmission({ ordinal })), failsWith('lostInFlight')),
        );
        await wires.idle();
        smsc.bound[0]?.socket.destroy();
        await Promise.all(failures);
        await pass(5000);
        assert.equal(carrier.status().state, 'up');
        assert.equal(carrier.status().counts['lost in flight'], 100);
      },
    ));

  test('that ends is counted, and the log says when it ended and when the account is bound again', () =>
    withSmpp({}, {}, async ({ carrier, smsc, log, pass }) => {
      smsc.bound[0]?.socket.destroy();
      await pass(5000);
      assert.equal(carrier.status().counts['sessions ended'], 1);
      assert.deepEqual(
        log.map((line) => JSON.parse(line).sentence),
        ['carrier bound', 'a carrier has a fault', 'carrier bound'],
      );
      assert.deepEqual(JSON.parse(log[0] ?? ''), {
        carrier: 'smsc',
        role: 'transceiver',
        host: '127.0.0.1:2775',
        system_id: 'smsc',
        sentence: 'carrier bound',
      });
    }));

  test('that unbinds is answered, and loses nothing that it still answers', () =>
    withSmpp({}, {}, async (bench) => {
      const { carrier, smsc, wires, pass } = bench;
      let letGo = () => {};
      smsc.script = {
        submit: () => new Promise((resolve) => (letGo = () => resolve({}))),
      };
      const inHand = carrier.submit(sampleSubmission());
      await wires.idle();
      const answer = smsc.bound[0]?.request({ command: 'unbind', status: 0, sequence: 0 });
      await wires.idle();
      assert.equal((await answer)?.command, 'unbind_resp');
      assert.equal(carrier.room(sender), 0);
      letGo();
      assert.equal((await inHand).parts.length, 1);
      smsc.script = {};
      await pass(5000);
      assert.equal(carrier.status().state, 'up');
    }));

  test('that stops reading is left after the time for an answer, with no more than a window written', () =>
    withSmpp({ window: 1000 }, {}, async (bench) => {
      const { carrier, smsc, pass, wires } = bench;
      smsc.bound[0]?.socket.pause();
      const ends = Array.from({ length: 1000 }, (_, ordinal) =>
        carrier.submit(sampleSubmission({ ordinal, text: 'x'.repeat(160) })).then(
          () => 'taken',
          (error: SubmitError) => error.failure,
        ),
      );
      await wires.idle();
      assert.equal(carrier.room(sender), 0);
      await pass(19_000);
      assert.equal(bench.connections(), 1);
      await pass(3000);
      assert.equal(bench.connections(), 2);
      const failures = new Set(await Promise.all(ends));
      assert.ok(!failures.has('taken'));
      assert.ok(
        [...failures].every((failure) =>
          ['lostInFlight', 'unanswered', 'throttled', 'disconnected'].includes(failure),
        ),
      );
    }));
});

test('a peer that asks and reads no answers is left at once with more than 256 KiB of them', () =>
  withSmpp({}, {}, async ({ carrier, smsc, wires }) => {
    const [session] = smsc.bound;
    session?.socket.pause();
    const question = encodePdu({ command: 'enquire_link', status: 0, sequence: 1 });
    session?.write(Buffer.concat(Array.from({ length: 20_000 }, () => question)));
    await wires.idle();
    assert.equal(carrier.status().lastError?.text, 'the peer does not read');
  }));

describe('nonsense', () => {
  const ends: [what: string, octets: Buffer][] = [
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['a PDU of 8 octets', Buffer.from('0000000880000004', 'hex')],
    ['a PDU of 4 GiB', Buffer.from('ffffffff800000040000000000000001', 'hex')],
  ];
  for (const [what, octets] of ends) {
    test(`like ${what} ends the session, and nothing else`, () =>
      withSmpp({}, {}, async ({ carrier, smsc, wires, pass }) => {
        const [session] = smsc.bound;
        session?.write(octets);
        await wires.idle();
        assert.equal(carrier.status().state, 'down');
        assert.match(carrier.status().lastError?.text ?? '', /^the peer sent a PDU of \d+ octets$/);
        await pass(5000);
        assert.equal(carrier.status().state, 'up');
        await carrier.submit(sampleSubmission());
      }));
  }

  const refused: [what: string, octets: Buffer, status: number][] = [
    ['an unknown command', Buffer.from('00000010000000990000000000000007', 'hex'), 0x03],
    ['a message that cannot be read', Buffer.from('00000011000000050000000000000007ff', 'hex'), 0x02],
    [
      'a request that is not for us',
      encodePdu({ command: 'unbind', status: 0, sequence: 7 }).fill(Buffer.from('0000000b', 'hex'), 4, 8),
      0x03,
    ],
  ];
  for (const [what, octets, status] of refused) {
    test(`like ${what} is refused, and the session goes on`, () =>
      withSmpp({}, {}, async ({ carrier, smsc, wires }) => {
        const [session] = smsc.bound;
        session?.write(octets);
        await wires.idle();
        assert.deepEqual(session?.received.at(-1), { command: 'generic_nack', status, sequence: 7 });
        await carrier.submit(sampleSubmission());
      }));
  }

  test('like answers that no request waits for is passed over, and counted', () =>
    withSmpp({}, {}, async ({ carrier, smsc, wires, connections }) => {
      const [session] = smsc.bound;
      session?.send({ command: 'submit_sm_resp', status: 0, sequence: 4711, messageId: 'x', tlvs: noTlvs });
      session?.send({ command: 'generic_nack', status: 3, sequence: 0 });
      session?.send({ command: 'alert_notification', status: 0, sequence: 5 });
      await wires.idle();
      await carrier.submit(sampleSubmission());
      assert.equal(connections(), 1);
      assert.equal(carrier.status().counts['unexpected answers'], 2);
    }));

  test('like an answer of an unknown command with the number of a message is none to it', () => {
    const submit: SmscScript['submit'] = ({ sequence }, session) => {
      const octets = Buffer.from('00000010800000990000000000000000', 'hex');
      octets.writeUInt32BE(sequence, 12);
      session.write(octets);
      return { messageId: 'its own' };
    };
    return withSmpp({}, { submit }, async ({ carrier }) => {
      const { parts } = await carrier.submit(sampleSubmission());
      assert.deepEqual([parts[0]?.name, carrier.status().counts['unexpected answers']], ['its own', 1]);
    });
  });

  test('like a generic_nack with the number of a message is the answer to it', () =>
    withSmpp(
      {},
      {
        submit: ({ sequence }, session) => {
          session.send({ command: 'generic_nack', status: 0x03, sequence });
          return { silent: true };
        },
      },
      async ({ carrier }) => {
        await assert.rejects(carrier.submit(sampleSubmission()), failsWith('misconfigured'));
      },
    ));
});
