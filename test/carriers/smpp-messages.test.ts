// Messages over SMPP: parts, windows, rates, late answers, receipts and messages of handsets (carriers.md sections 4.4 to 4.9).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nameStatus } from '../../src/carriers/smpp/status-table.ts';
import type { SubmitError, submitFailures } from '../../src/carriers/submit-error.ts';
import { failsWith, withSmpp } from '../support/smpp-carrier.ts';
import { receiptOf, type SmscScript, type SubmitAnswer } from '../support/smsc.ts';
import { sampleSubmission } from '../support/submissions.ts';

const sender = '14155550100';
const threeParts = 'a'.repeat(400);

/** Makes an SMSC that answers each message by its position among all that came, from 1. */
const byPosition = (answers: Readonly<Record<number, SubmitAnswer>>): SmscScript => {
  let position = 0;
  return {
    submit: () => {
      position += 1;
      return answers[position] ?? { messageId: `m${position}` };
    },
  };
};

describe('a message of three parts', () => {
  test('is taken by the names of its parts, which go one behind the other', () =>
    withSmpp({}, byPosition({}), async ({ carrier, smsc }) => {
      const taken = await carrier.submit(sampleSubmission({ text: threeParts, ordinal: 258 }));
      const parts = [1, 2, 3].map((part) => ({ part, name: `m${part}` }));
      assert.deepEqual(taken, { parts, totalParts: 3 });
      const headers = smsc.taken.map(({ shortMessage }) =>
        Buffer.from(shortMessage.subarray(0, 6)).toString('hex'),
      );
      assert.deepEqual(headers, ['050003020301', '050003020302', '050003020303']);
    }));

  test('is submitted from the second part on where the first was taken earlier', () =>
    withSmpp({}, byPosition({}), async ({ carrier, smsc }) => {
      const taken = await carrier.submit(sampleSubmission({ text: threeParts, partsTaken: 1, attempt: 2 }));
      assert.deepEqual(
        taken.parts.map(({ part }) => part),
        [2, 3],
      );
      assert.equal(smsc.taken.length, 2);
    }));

  const refusals: [
    what: string,
    answer: SubmitAnswer,
    failure: keyof typeof submitFailures,
    reason: string,
  ][] = [
    [
      'refused for now',
      { status: 0x08 },
      'carrierFault',
      '0x08 ESME_RSYSERR (up to part 1 of 3, and part 3)',
    ],
    ['told to wait', { status: 0x58 }, 'throttled', '0x58 ESME_RTHROTTLED (up to part 1 of 3, and part 3)'],
    [
      'refused for good',
      { status: 0x0b },
      'invalidDestination',
      '0x0b ESME_RINVDSTADR (up to part 1 of 3, and part 3)',
    ],
  ];
  for (const [what, answer, failure, reason] of refusals) {
    test(`fails with its first part taken when the second is ${what}`, () =>
      withSmpp({}, byPosition({ 2: answer }), async ({ carrier }) => {
        const error = await carrier.submit(sampleSubmission({ text: threeParts })).catch((caught) => caught);
        failsWith(failure)(error);
        assert.equal(error.message, reason);
        assert.deepEqual(error.taken, { parts: [{ part: 1, name: 'm1' }], totalParts: 3 });
      }));
  }

  test('is submitted again as its second part when that alone was refused, and has the names of all', () =>
    withSmpp({}, byPosition({ 2: { status: 0x08 } }), async ({ carrier, smsc }) => {
      const submission = sampleSubmission({ text: threeParts });
      await assert.rejects(carrier.submit(submission), failsWith('carrierFault'));
      const taken = await carrier.submit({ ...submission, attempt: 2, partsTaken: 1 });
      assert.deepEqual(taken.parts, [
        { part: 2, name: 'm4' },
        { part: 3, name: 'm3' },
      ]);
      assert.deepEqual(
        smsc.taken.map(({ shortMessage }) => shortMessage[5]),
        [1, 3, 2],
      );
      // It has come to its end, and nothing of it is remembered.
      await carrier.submit({ ...submission, attempt: 3, partsTaken: 1 });
      assert.equal(smsc.taken.length, 5);
    }));

  test('has an unknown outcome, but for its first part, when the connection is lost behind that', () =>
    withSmpp(
      {},
      byPosition({ 2: { silent: true }, 3: { silent: true } }),
      async ({ carrier, smsc, wires }) => {
        const submitted = carrier.submit(sampleSubmission({ text: threeParts })).catch((error) => error);
        await wires.idle();
        smsc.bound[0]?.socket.destroy();
        const error: SubmitError = await submitted;
        failsWith('lostInFlight')(error);
        assert.equal(error.taken?.parts.length, 1);
      },
    ));

  test('goes through a window of two, never more than two at once', () => {
    let open = 0;
    let most = 0;
    const submit = async (): Promise<SubmitAnswer> => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return {};
    };
    return withSmpp({ window: 2 }, { submit }, async ({ carrier }) => {
      const { parts } = await carrier.submit(sampleSubmission({ text: threeParts }));
      assert.deepEqual([parts.length, most], [3, 2]);
    });
  });
});

test('a window is never exceeded, and its room is what is left of it', () => {
  const answers: (() => void)[] = [];
  const submit = () => new Promise<SubmitAnswer>((resolve) => answers.push(() => resolve({})));
  return withSmpp({ window: 4 }, { submit }, async ({ carrier, wires, recorder }) => {
    assert.equal(carrier.room(sender), 4);
    const taken = [1, 2, 3, 4, 5].map((ordinal) => carrier.submit(sampleSubmission({ ordinal })));
    await wires.idle();
    assert.deepEqual([answers.length, carrier.room(sender), recorder.rooms], [4, 0, 0]);
    answers.shift()?.();
    await wires.idle();
    assert.deepEqual([answers.length, recorder.rooms], [4, 0]);
    answers.shift()?.();
    await wires.idle();
    assert.equal(recorder.rooms, 1);
    while (answers.length > 0) {
      answers.shift()?.();
      await wires.idle();
    }
    assert.equal((await Promise.all(taken)).length, 5);
  });
});

test('a sender stays on one of several binds while something of it is under way, and others use the rest', () => {
  const answers: (() => void)[] = [];
  const submit = () => new Promise<SubmitAnswer>((resolve) => answers.push(() => resolve({})));
  return withSmpp({ binds: 2, window: 10 }, { submit }, async ({ carrier, smsc, wires }) => {
    const taken = [sender, sender, sender, '14155550101'].map((from, ordinal) =>
      carrier.submit(sampleSubmission({ sender: from, ordinal })),
    );
    await wires.idle();
    const bySession = smsc.sessions.map(({ received }) =>
      received.flatMap((pdu) => (pdu.command === 'submit_sm' ? [pdu.source.digits] : [])),
    );
    assert.deepEqual(bySession.sort(), [['14155550101'], [sender, sender, sender]].sort());
    for (const answer of answers) answer();
    await Promise.all(taken);
  });
});

describe('a rate', () => {
  test('of five a second is kept to', () =>
    withSmpp({ rate: 5, window: 100 }, {}, async ({ carrier, smsc, pass, recorder }) => {
      const taken = Array.from({ length: 12 }, (_, ordinal) => carrier.submit(sampleSubmission({ ordinal })));
      await pass(0);
      assert.equal(smsc.taken.length, 5);
      assert.equal(carrier.room(sender), 0);
      await pass(1000);
      assert.equal(smsc.taken.length, 10);
      await pass(1000);
      await Promise.all(taken);
      assert.equal(recorder.rooms, 1);
    }));

  test('is halved when the SMSC asks to slow down, and grows again', () =>
    withSmpp(
      { rate: 10, window: 100 },
      byPosition({ 1: { status: 0x58 } }),
      async ({ carrier, pass, smsc, recorder }) => {
        const error = await carrier.submit(sampleSubmission()).catch((caught) => caught);
        failsWith('throttled')(error);
        assert.ok(error.retryAfterMs >= 800 && error.retryAfterMs <= 1200, String(error.retryAfterMs));
        assert.equal(carrier.room(sender), 0);
        await pass(1300);
        assert.equal(recorder.rooms, 1);
        const inSecond = async () => {
          const before = smsc.taken.length;
          const all = Array.from({ length: 30 }, (_, ordinal) =>
            carrier.submit(sampleSubmission({ ordinal })).catch(() => {}),
          );
          await pass(1000);
          const count = smsc.taken.length - before;
          await pass(4000);
          await Promise.all(all);
          return count;
        };
        assert.ok((await inSecond()) <= 10);
        await pass(120_000);
        assert.ok((await inSecond()) >= 18);
        assert.equal(carrier.status().counts.throttled, 1);
        assert.deepEqual(carrier.status().answers, { '0x58': 1 });
        const { throttledMs = 0, rate = 0 } = carrier.status();
        assert.ok(throttledMs >= 800 && throttledMs <= 1200 && rate === 10);
      },
    ));

  test('leaves no burst behind a pause: messages that waited in it go one behind the other', () => {
    const sent: number[] = [];
    let isThrottling = true;
    const submit: SmscScript['submit'] = () => ({ status: isThrottling ? 0x58 : 0 });
    return withSmpp({ rate: 4, window: 100 }, { submit }, async ({ carrier, clock, pass }) => {
      await assert.rejects(carrier.submit(sampleSubmission()), failsWith('throttled'));
      isThrottling = false;
      const waiting = [1, 2, 3].map((ordinal) =>
        carrier.submit(sampleSubmission({ ordinal }), () => sent.push(clock.now().getTime())),
      );
      await pass(4000);
      await Promise.all(waiting);
      const [first = 0, second = 0, third = 0] = sent;
      // Half of four a second.
      assert.ok(second - first >= 500 && third - second >= 500, sent.join(' '));
    });
  });

  test('has room for no more than a second has, but takes a larger message once none has gone for a second', () =>
    withSmpp({ rate: 2, window: 100 }, {}, async ({ carrier, smsc, pass }) => {
      assert.equal(carrier.room(sender), 2);
      const taken = carrier.submit(sampleSubmission({ text: threeParts }));
      await pass(0);
      assert.equal(smsc.taken.length, 3);
      assert.equal(carrier.room(sender), 0);
      await taken;
      await pass(1000);
      assert.equal(carrier.room(sender), 1);
    }));

  test('is not blamed for one message that alone keeps finding a full queue', () => {
    const submit: SmscScript['submit'] = ({ destination }) => ({
      status: destination.digits === '12125550177' ? 0x14 : 0,
    });
    return withSmpp({}, { submit }, async ({ carrier, pass }) => {
      const full = sampleSubmission({ reference: 'full', destination: '12125550177' });
      for (const failure of ['throttled', 'throttled', 'carrierFault'] as const) {
        const refused = assert.rejects(carrier.submit(full), failsWith(failure));
        await pass(2000);
        await refused;
        await pass(31_000);
        await carrier.submit(sampleSubmission());
      }
    });
  });

  for (const status of [0x14, 0x58]) {
    test(`is blamed for each refusal with ${nameStatus(status)} while nothing passes: no message fails for it`, () =>
      withSmpp({}, { submit: () => ({ status }) }, async ({ carrier, pass }) => {
        for (let attempt = 0; attempt < 5; attempt++) {
          const refused = assert.rejects(carrier.submit(sampleSubmission()), failsWith('throttled'));
          await pass(2000);
          await refused;
          await pass(40_000);
        }
      }));
  }

  for (const [status, given] of [
    [0x58, {}],
    [0x45, { statuses: { '0x45': 'throttled' } }],
  ] as const) {
    test(`is slowed down twice for a message that alone is told ${nameStatus(status)}, which is then tried each half minute`, () => {
      const submit: SmscScript['submit'] = ({ destination }) => ({
        status: destination.digits === '12125550177' ? status : 0,
      });
      return withSmpp(given, { submit }, async ({ carrier, pass }) => {
        const slow = sampleSubmission({ reference: 'slow', destination: '12125550177' });
        const slowedMs: number[] = [];
        for (let attempt = 1; attempt <= 8; attempt++) {
          const before = carrier.status().throttledMs ?? 0;
          const refused = carrier.submit(slow).catch((caught) => caught);
          await pass(2000);
          const error = await refused;
          failsWith('throttled')(error);
          slowedMs.push((carrier.status().throttledMs ?? 0) - before);
          if (attempt > 2) assert.equal(error.retryAfterMs, 30_000);
          await pass(31_000);
          await carrier.submit(sampleSubmission());
        }
        assert.ok(
          slowedMs.every((ms, index) => ms > 0 === index < 2),
          slowedMs.join(' '),
        );
      });
    });
  }

  test('is slowed down for a message that was told so alone, once nothing passes', () => {
    let passes = true;
    const submit: SmscScript['submit'] = ({ destination }) => ({
      status: passes && destination.digits !== '12125550177' ? 0 : 0x58,
    });
    return withSmpp({}, { submit }, async ({ carrier, pass }) => {
      const slow = sampleSubmission({ reference: 'slow', destination: '12125550177' });
      for (let attempt = 1; attempt <= 3; attempt++) {
        const refused = assert.rejects(carrier.submit(slow), failsWith('throttled'));
        await pass(2000);
        await refused;
        await pass(31_000);
        if (attempt < 3) await carrier.submit(sampleSubmission());
      }
      await pass(2000);
      passes = false;
      assert.ok(carrier.room(sender) > 0);
      await assert.rejects(carrier.submit(slow), failsWith('throttled'));
      assert.equal(carrier.room(sender), 0);
    });
  });
});

describe('an answer', () => {
  test('that comes after it was given up is told, and frees its place', () => {
    let letGo = () => {};
    const submit = () =>
      new Promise<SubmitAnswer>((resolve) => (letGo = () => resolve({ messageId: 'late' })));
    return withSmpp({ window: 2 }, { submit }, async ({ carrier, pass, wires, recorder }) => {
      const given = assert.rejects(carrier.submit(sampleSubmission()), failsWith('unanswered'));
      await pass(20_000);
      await given;
      assert.equal(carrier.room(sender), 1);
      letGo();
      await wires.idle();
      const { reference } = sampleSubmission();
      assert.deepEqual(recorder.late, [
        { reference, attempt: 1, parts: [{ part: 1, name: 'late' }], totalParts: 1 },
      ]);
      assert.equal(carrier.room(sender), 2);
    });
  });

  test('that is missing for more than half of the window ends the session', () =>
    withSmpp(
      { window: 2 },
      { submit: () => ({ silent: true }) },
      async ({ carrier, pass, smsc, connections }) => {
        const ends = [1, 2].map((ordinal) =>
          assert.rejects(carrier.submit(sampleSubmission({ ordinal })), failsWith('unanswered')),
        );
        await pass(20_000);
        await Promise.all(ends);
        await pass(2000);
        assert.equal(connections(), 2);
        assert.equal(smsc.taken.length, 2);
      },
    ));

  test('that finds the validity wrong has the message sent without it, and those after it', () => {
    const submit: SmscScript['submit'] = ({ validityPeriod }) => ({
      status: validityPeriod === '' ? 0 : 0x62,
    });
    return withSmpp({}, { submit }, async ({ carrier, smsc }) => {
      await carrier.submit(sampleSubmission());
      await carrier.submit(sampleSubmission());
      const submits = smsc.sessions[0]?.received.filter(({ command }) => command === 'submit_sm');
      assert.equal(submits?.length, 3);
    });
  });

  test('that finds the optional parameters wrong has the message sent without them, and those after it', () => {
    const submit: SmscScript['submit'] = ({ tlvs }) => ({ status: tlvs.size === 0 ? 0 : 0xc1 });
    return withSmpp({}, { submit }, async ({ carrier, smsc }) => {
      await carrier.submit(sampleSubmission());
      await carrier.submit(sampleSubmission());
      const submits = smsc.sessions[0]?.received.filter(({ command }) => command === 'submit_sm');
      assert.equal(submits?.length, 3);
    });
  });

  test('that finds optional parameters of the configuration wrong is one to the message: it is nothing without them', () => {
    const tlvs = [{ tag: '0x1400', value: 'x' }];
    return withSmpp({ tlvs }, { submit: () => ({ status: 0xc1 }) }, async ({ carrier, smsc }) => {
      await assert.rejects(carrier.submit(sampleSubmission()), failsWith('misconfigured'));
      assert.equal(smsc.sessions[0]?.received.filter(({ command }) => command === 'submit_sm').length, 1);
    });
  });

  for (const [status, failure] of [
    [0x04, 'disconnected'],
    [0x05, 'disconnected'],
    [0x0d, 'misconfigured'],
    [0x0e, 'misconfigured'],
    [0x0f, 'misconfigured'],
  ] as const) {
    test(`${nameStatus(status)}, which does not know the bind, ends the session, and the message was not taken`, () =>
      withSmpp({}, byPosition({ 1: { status } }), async ({ carrier, pass, connections }) => {
        await assert.rejects(carrier.submit(sampleSubmission()), failsWith(failure));
        await pass(2000);
        assert.equal(connections(), 2);
      }));
  }

  test('that finds the system type wrong ends no session: others are under way on it', () =>
    withSmpp({}, byPosition({ 1: { status: 0x53 } }), async ({ carrier, pass, connections }) => {
      await assert.rejects(carrier.submit(sampleSubmission()), failsWith('misconfigured'));
      await pass(2000);
      await carrier.submit(sampleSubmission());
      assert.equal(connections(), 1);
    }));
});

test('a refused type of address is warned of and told, and senders of other kinds go on', () => {
  const submit: SmscScript['submit'] = ({ source }) => ({ status: source.ton === 5 ? 0x48 : 0 });
  return withSmpp({}, { submit }, async ({ carrier, log, pass }) => {
    const named = sampleSubmission({ sender: 'ACME', senderKind: 'alphanumeric' });
    for (let message = 0; message < 3; message++) {
      await assert.rejects(carrier.submit(named), failsWith('invalidSender'));
      await carrier.submit(sampleSubmission());
    }
    const { warnings, lastError, answers, state } = carrier.status();
    const told = '0x48 ESME_RINVSRCTON: the SMSC refuses ton and npi of source.alphanumeric';
    assert.deepEqual(
      [warnings, lastError?.text, answers, state],
      [['source_ton_refused'], told, { '0x48': 3 }, 'up'],
    );
    assert.equal(log.filter((line) => line.includes(told)).length, 1);
    await pass(3_600_000);
    assert.deepEqual(carrier.status().warnings, []);
  });
});

describe('a receipt', () => {
  test('in decimal finds a message that was named in hexadecimal', () =>
    withSmpp(
      {},
      {
        submit: () => ({ messageId: '1e61d95e' }),
        receipt: (submit) => ({ ...receiptOf(submit, '509729118'), tlvs: new Map() }),
      },
      async ({ carrier, pass, recorder }) => {
        await carrier.submit(sampleSubmission());
        await pass(0);
        const [report] = recorder.reports;
        assert.ok(report?.names.includes('1e61d95e'));
        assert.deepEqual(
          [report?.destination, report?.outcome, report?.covers, report?.detail],
          ['12125550199', 'delivered', 'part', 'DELIVRD err 000'],
        );
      },
    ));

  test('right behind the answer to its message names that one, and none whose name is the same number to another base', () => {
    const ids = ['10', '16'];
    const submit = () => ({ messageId: ids.shift() ?? '' });
    return withSmpp({}, { submit }, async ({ carrier, pass, recorder }) => {
      for (let message = 0; message < 2; message++) await carrier.submit(sampleSubmission());
      await pass(0);
      assert.deepEqual(
        recorder.reports.map(({ names }) => names),
        [['10'], ['16']],
      );
    });
  });

  test('before the answer to its message is told at once', () => {
    const submit: SmscScript['submit'] = async (pdu, session) => {
      await session.deliver(receiptOf(pdu, 'early'));
      return { messageId: 'early' };
    };
    return withSmpp({}, { submit, receipt: () => undefined }, async ({ carrier, recorder }) => {
      const { parts } = await carrier.submit(sampleSubmission());
      assert.deepEqual([parts[0]?.name, recorder.reports[0]?.names[0]], ['early', 'early']);
    });
  });

  test('of opensmppbox speaks of the destination of its message, though its addresses are as that was submitted', () => {
    const receipt: SmscScript['receipt'] = (submit, messageId) => {
      const { source, destination } = submit;
      return { ...receiptOf(submit, messageId), source, destination };
    };
    return withSmpp({ preset: 'kannel' }, { receipt }, async ({ carrier, pass, recorder }) => {
      const { sender, destination } = sampleSubmission();
      await carrier.submit(sampleSubmission());
      await pass(0);
      const [report] = recorder.reports;
      assert.deepEqual([report?.destination, report?.sender], [destination, sender]);
    });
  });

  test('of a state that is not known changes nothing, and is counted', () => {
    const states = ['TELEPORTED', 'DELIVRD'];
    const receipt: SmscScript['receipt'] = (submit, messageId) =>
      receiptOf(submit, messageId, states.shift());
    return withSmpp({}, { receipt }, async ({ carrier, pass, recorder }) => {
      for (let message = 0; message < 2; message++) await carrier.submit(sampleSubmission());
      await pass(0);
      assert.deepEqual(
        recorder.reports.map(({ outcome }) => outcome),
        ['progress', 'delivered'],
      );
      const { receipts, 'receipts of an unknown state': unknown } = carrier.status().counts;
      assert.deepEqual([receipts, unknown], [2, 1]);
    });
  });

  for (const [given, outcome] of [
    [{}, 'undelivered'],
    [{ unknown_means: 'nothing' }, 'progress'],
  ] as const) {
    test(`of the state UNKNOWN is ${outcome} with ${JSON.stringify(given)}`, () => {
      const receipt: SmscScript['receipt'] = (submit, messageId) => receiptOf(submit, messageId, 'UNKNOWN');
      return withSmpp(given, { receipt }, async ({ carrier, pass, recorder }) => {
        await carrier.submit(sampleSubmission());
        await pass(0);
        assert.equal(recorder.reports[0]?.outcome, outcome);
      });
    });
  }

  test('is refused while it cannot be stored, with the status that makes the SMSC send it again', () =>
    withSmpp({}, {}, async ({ carrier, smsc, pass, recorder }) => {
      recorder.refuse(1);
      await carrier.submit(sampleSubmission());
      await pass(0);
      const answers = () =>
        smsc.sessions[0]?.received.flatMap((pdu) => (pdu.command === 'deliver_sm_resp' ? [pdu.status] : []));
      assert.deepEqual(answers(), [0x14]);
      await pass(10_000);
      assert.deepEqual(answers(), [0x14, 0]);
    }));

  test('that cannot be stored for a minute ends the session: the SMSC keeps the rest', () =>
    withSmpp({}, {}, async ({ carrier, pass, recorder, connections }) => {
      recorder.refuse(1000);
      await carrier.submit(sampleSubmission());
      await pass(75_000);
      assert.equal(connections(), 2);
      assert.ok((carrier.status().counts['deliveries not taken'] ?? 0) >= 7);
    }));
});

describe('a message of a handset', () => {
  const from = { source: { ton: 1, npi: 1, digits: '+14155550199' } };

  test('is told with the digits of its number, and its part', () =>
    withSmpp({}, {}, async ({ smsc, pass, recorder }) => {
      smsc.deliver({ ...from, esmClass: 0x40, shortMessage: Buffer.from('0500030702016869', 'hex') });
      await pass(0);
      const [message] = recorder.messages;
      assert.deepEqual(
        [message?.sender, message?.text, message?.part],
        ['14155550199', 'hi', { reference: 7, part: 1, total: 2, width: 8 }],
      );
    }));

  test('of binary content has no text, and its octets for the history', () =>
    withSmpp({}, {}, async ({ smsc, pass, recorder }) => {
      smsc.deliver({ ...from, dataCoding: 4, shortMessage: Uint8Array.of(1, 255) });
      await pass(0);
      assert.deepEqual([recorder.messages[0]?.text, recorder.messages[0]?.detail], ['', 'binary: 01ff']);
    }));

  test('in a data_sm is answered by a data_sm_resp', () =>
    withSmpp({}, {}, async ({ smsc, recorder }) => {
      const answer = await smsc.bound[0]?.request({
        command: 'data_sm',
        status: 0,
        sequence: 0,
        serviceType: '',
        source: { ton: 1, npi: 1, digits: '14155550199' },
        destination: { ton: 1, npi: 1, digits: sender },
        esmClass: 0,
        registeredDelivery: 0,
        dataCoding: 8,
        tlvs: new Map([[0x0424, Buffer.from('044f', 'hex')]]),
      });
      assert.deepEqual(
        [answer?.command, answer?.status, recorder.messages[0]?.text],
        ['data_sm_resp', 0, 'я'],
      );
    }));

  test('that is written twice is received twice', () =>
    withSmpp({}, {}, async ({ smsc, pass, recorder }) => {
      for (let time = 0; time < 2; time++) {
        smsc.deliver({ ...from, shortMessage: Buffer.from('YES') });
        await pass(1000);
      }
      const names = recorder.messages.map(({ name }) => name);
      assert.equal(new Set(names).size, 2);
    }));

  test('that comes again in a new session, because its answer was lost with the old one, has the same name', () =>
    withSmpp({}, {}, async ({ smsc, pass, recorder, wires }) => {
      const receive = recorder.receive.bind(recorder);
      recorder.receive = async (message) => {
        const id = await receive(message);
        smsc.bound[0]?.socket.destroy();
        recorder.receive = receive;
        await wires.idle();
        return id;
      };
      smsc.deliver({ ...from, shortMessage: Buffer.from('YES') });
      await pass(30_000);
      const names = recorder.messages.map(({ name }) => name);
      assert.deepEqual([names.length, new Set(names).size], [2, 1]);
    }));
});

describe('a message of a handset that its SMSC gives an id', () => {
  const config = { inbound_id_tlv: '0x1401' };
  const message = (id: string) => ({
    shortMessage: Buffer.from('YES'),
    tlvs: new Map([[0x1401, Buffer.from(id)]]),
  });

  test('is another one under another id, and the same in each later session', () =>
    withSmpp(config, {}, async ({ smsc, pass, recorder }) => {
      for (const id of ['a1', 'a2', 'a1', 'a1']) {
        assert.equal(await smsc.bound[0]?.deliver(message(id)), 0);
        smsc.bound[0]?.socket.destroy();
        await pass(20 * 60_000);
      }
      const [first, second, ...again] = recorder.messages.map(({ name }) => name);
      assert.notEqual(first, second);
      assert.deepEqual(again, [first, first]);
    }));

  test('is the same in the same session too, after a good answer', () =>
    withSmpp(config, {}, async ({ smsc, recorder }) => {
      for (let time = 0; time < 2; time++) await smsc.bound[0]?.deliver(message('a1'));
      assert.equal(new Set(recorder.messages.map(({ name }) => name)).size, 1);
    }));

  test('is known by its octets where the id is missing', () =>
    withSmpp(config, {}, async ({ smsc, recorder }) => {
      for (let time = 0; time < 2; time++) await smsc.bound[0]?.deliver(message(''));
      assert.equal(new Set(recorder.messages.map(({ name }) => name)).size, 2);
    }));
});

test('a delivery that is not stored within half of the time for an answer is refused for now, and comes again as the same', () =>
  withSmpp({}, {}, async ({ smsc, pass, recorder }) => {
    const receive = recorder.receive.bind(recorder);
    let letGo = () => {};
    const isLetGo = new Promise<void>((resolve) => (letGo = resolve));
    recorder.receive = async (message) => {
      recorder.receive = receive;
      const id = await receive(message);
      await isLetGo;
      return id;
    };
    const body = { shortMessage: Buffer.from('YES') };
    const late = smsc.bound[0]?.deliver(body);
    await pass(10_000);
    assert.equal(await late, 0x14);
    assert.equal(await smsc.bound[0]?.deliver(body), 0);
    assert.equal(new Set(recorder.messages.map(({ name }) => name)).size, 1);
    letGo();
  }));

for (const [given, status] of [
  [{}, 0],
  [{ unknown_number_status: 0x0b }, 0x0b],
] as const) {
  test(`a message to a number that is not here is answered ${status} with ${JSON.stringify(given)}, and counted`, () =>
    withSmpp(given, {}, async ({ carrier, smsc, recorder }) => {
      recorder.receive = async () => undefined;
      assert.equal(await smsc.bound[0]?.deliver({ shortMessage: Buffer.from('hi') }), status);
      assert.equal(carrier.status().counts['messages for unknown numbers'], 1);
    }));
}

test('more deliveries than may be unanswered are refused at once', () =>
  withSmpp({ inbound_window: 3 }, {}, async ({ smsc, wires, recorder }) => {
    const letGo: (() => void)[] = [];
    recorder.receive = () => new Promise((resolve) => letGo.push(() => resolve('id')));
    const [session] = smsc.bound;
    const answers = Array.from({ length: 5 }, (_, index) =>
      session?.deliver({ shortMessage: Buffer.from(`text ${index}`) }),
    );
    await wires.idle();
    for (const go of letGo) go();
    assert.deepEqual(await Promise.all(answers), [0, 0, 0, 0x14, 0x14]);
  }));

test('a password is in no line of the log and in no status', () =>
  withSmpp({ password: 'hunter22' }, { bind: () => 0x0e }, async ({ carrier, log }) => {
    assert.ok(!JSON.stringify(carrier.status()).includes('hunter22'));
    assert.ok(log.some((line) => line.includes('ESME_RINVPASWD')));
    assert.ok(!log.join().includes('hunter22'));
  }));
