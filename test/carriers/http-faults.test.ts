// Faults between an HTTP carrier and its upstream, and what is known of the message after each.
import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { describe, test } from 'node:test';
import { systemTimers } from '../../src/base/timers.ts';
import { VirtualClock } from '../../src/base/virtual-clock.ts';
import type { SubmitFailure } from '../../src/carriers/submit-error.ts';
import { failureOf, startCarrier, startRawUpstream } from '../support/http-upstream.ts';
import { sampleSubmission } from '../support/submissions.ts';

const reply = (status: string, body = '', more = '') =>
  `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
const taken = reply('202 Accepted', '{"message_uuid":["u-1"]}');

/** The upstream's fault, and what is known of the message: first of any upstream, then of one that recognises it. */
const faults: [
  title: string,
  act: (socket: Socket) => void,
  failure: SubmitFailure,
  idempotent: SubmitFailure,
][] = [
  [
    'resets the connection before it answers',
    (socket) => socket.resetAndDestroy(),
    'lostInFlight',
    'disconnected',
  ],
  ['closes the connection before it answers', (socket) => socket.end(), 'lostInFlight', 'disconnected'],
  [
    'breaks its answer off',
    (socket) => socket.end('HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n{'),
    'lostInFlight',
    'disconnected',
  ],
  [
    'answers something else than HTTP',
    (socket) => socket.end('SMTP ready\r\n\r\n'),
    'lostInFlight',
    'disconnected',
  ],
  [
    'says 502, although it may have the message',
    (socket) => socket.write(reply('502 Bad Gateway')),
    'unanswered',
    'carrierFault',
  ],
  [
    'redirects',
    (socket) => socket.write(reply('307 Temporary Redirect', '', 'Location: http://127.0.0.1:9/\r\n')),
    'misconfigured',
    'misconfigured',
  ],
  [
    'takes it without a name',
    (socket) => socket.write(reply('202 Accepted', '{}')),
    'unanswered',
    'carrierFault',
  ],
];

for (const [title, act, failure, idempotent] of faults) {
  test(`an upstream that ${title}: ${failure}`, async () => {
    const upstream = await startRawUpstream(act);
    for (const [isIdempotent, expected] of [
      [false, failure],
      [true, idempotent],
    ] as const) {
      const { carrier } = await startCarrier(upstream.url, { idempotent: isIdempotent });
      assert.equal((await failureOf(carrier)).failure, expected);
      await carrier.stop();
    }
    // A request is sent once: whether it goes again is decided by the dispatcher.
    assert.equal(upstream.requests(), 2);
    await upstream.close();
  });
}

const endings: [title: string, begin: (socket: Socket) => void][] = [
  ['before its first octet', () => {}],
  ['within its head', (socket) => void socket.write('HTTP/1.1 202 Acc')],
  [
    'within its body',
    (socket) => void socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n{"a":'),
  ],
];
for (const [title, begin] of endings) {
  test(`an answer that stops ${title} is waited for as long as the entry says`, async () => {
    const clock = new VirtualClock(systemTimers);
    clock.freeze();
    let asked = () => {};
    const request = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const upstream = await startRawUpstream((socket) => {
      begin(socket);
      asked();
    });
    const { carrier } = await startCarrier(upstream.url, { timeout_seconds: 7 }, clock);
    const failing = failureOf(carrier);
    await request;
    await clock.advance(6999, async () => {});
    assert.equal(carrier.room(), 0);
    await clock.advance(1, async () => {});
    const { failure, message } = await failing;
    assert.deepEqual([failure, message], ['unanswered', 'no answer within 7 s']);
    assert.equal(carrier.room(), 1);
    await carrier.stop();
    await upstream.close();
  });
}

test('an answer that comes octet by octet is an answer', async () => {
  const upstream = await startRawUpstream((socket) => {
    const octets = [...taken];
    const next = (): void => {
      const octet = octets.shift();
      if (octet !== undefined) socket.write(octet, () => setImmediate(next));
    };
    next();
  });
  const { carrier } = await startCarrier(upstream.url);
  const { parts } = await carrier.submit(sampleSubmission());
  assert.deepEqual(parts, [{ part: 1, name: 'u-1' }]);
  await carrier.stop();
  await upstream.close();
});

test('of an answer without end a part is read, and its connection is ended', async () => {
  let isEnded = () => {};
  const ended = new Promise<void>((resolve) => {
    isEnded = resolve;
  });
  const upstream = await startRawUpstream((socket) => {
    socket.on('close', isEnded);
    socket.write('HTTP/1.1 202 Accepted\r\nContent-Length: 1073741824\r\n\r\n');
    const chunk = Buffer.alloc(64 * 1024, ' ');
    const more = (): void => {
      if (!socket.destroyed) socket.write(chunk, more);
    };
    more();
  });
  const { carrier } = await startCarrier(upstream.url);
  assert.equal((await failureOf(carrier)).failure, 'unanswered');
  await ended;
  await carrier.stop();
  await upstream.close();
});

test('a connection that is kept and closed meanwhile leaves doubt: the request was written', async () => {
  const upstream = await startRawUpstream((socket, request) => {
    if (request === 1)
      socket.write(reply('202 Accepted', '{"message_uuid":["u-1"]}', 'Connection: keep-alive\r\n'));
    else socket.resetAndDestroy();
  });
  const { carrier } = await startCarrier(upstream.url);
  await carrier.submit(sampleSubmission());
  assert.equal((await failureOf(carrier)).failure, 'lostInFlight');
  await carrier.stop();
  await upstream.close();
});

describe('nothing was sent', () => {
  for (const [title, url, reason] of [
    ['a host without a name', 'http://no-such-host.invalid', /host name/],
    ['a port without a server', 'http://127.0.0.1:9', /connection refused/],
    ['TLS where there is none', undefined, /connection/],
  ] as const) {
    test(title, async () => {
      const upstream = await startRawUpstream((socket) => socket.destroy());
      const { carrier } = await startCarrier(url ?? upstream.url.replace('http:', 'https:'));
      const { failure, message } = await failureOf(carrier);
      assert.equal(failure, 'disconnected');
      assert.match(message, reason);
      await carrier.stop();
      await upstream.close();
    });
  }

  test('a private address without allow_private', async () => {
    const { carrier } = await startCarrier('http://127.0.0.1:9', { allow_private: false });
    const { failure, message } = await failureOf(carrier);
    assert.deepEqual([failure, message], ['disconnected', 'address 127.0.0.1 is a loopback address']);
    await carrier.stop();
  });

  test('a metadata service is private whatever is allowed', async () => {
    const { carrier } = await startCarrier('http://169.254.169.254');
    assert.match((await failureOf(carrier)).message, /a metadata service/);
    await carrier.stop();
  });
});

test('after five failures in a row the link backs off; then one message tries it, and all go again', async () => {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  let isUp = false;
  const upstream = await startRawUpstream((socket) => {
    if (isUp) socket.write(taken);
    else socket.resetAndDestroy();
  });
  const { carrier, recorder } = await startCarrier(upstream.url, { at_once: 4 }, clock);
  for (let times = 0; times < 5; times++) await failureOf(carrier);
  assert.deepEqual([carrier.room(), carrier.status().state], [0, 'down']);
  const before = recorder.rooms;
  await clock.advance(5000, async () => {});
  assert.equal(recorder.rooms, before + 1);
  assert.equal(carrier.room(), 1);
  isUp = true;
  await carrier.submit(sampleSubmission());
  assert.deepEqual([carrier.room(), carrier.status().state], [4, 'up']);
  await carrier.stop();
  await upstream.close();
});

test('a carrier that asks to slow down is left alone for as long as it says', async () => {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  const upstream = await startRawUpstream((socket, request) => {
    socket.write(request === 1 ? reply('429 Too Many', '', 'Retry-After: 9\r\n') : taken);
  });
  const { carrier, recorder } = await startCarrier(upstream.url, { rate: 10 }, clock);
  const { failure, retryAfterMs } = await failureOf(carrier);
  assert.deepEqual([failure, retryAfterMs], ['throttled', 9000]);
  assert.equal(carrier.room(), 0);
  await clock.advance(8999, async () => {});
  assert.equal(carrier.room(), 0);
  const before = recorder.rooms;
  await clock.advance(1, async () => {});
  assert.equal(recorder.rooms, before + 1);
  assert.ok(carrier.room() > 0);
  await carrier.stop();
  await upstream.close();
});

test('an account is slowed down twice for a message that alone is told 429, which is then tried each half minute', async () => {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  const isRefused = (request: number) => request % 2 === 1;
  const upstream = await startRawUpstream((socket, request) => {
    socket.write(isRefused(request) ? reply('429 Too Many') : taken);
  });
  const { carrier } = await startCarrier(upstream.url, { rate: 10 }, clock);
  const slowed: boolean[] = [];
  for (let times = 1; times <= 5; times++) {
    const before = carrier.status().throttledMs;
    const { failure, retryAfterMs } = await failureOf(carrier);
    assert.equal(failure, 'throttled');
    if (times > 2) assert.equal(retryAfterMs, 30_000);
    slowed.push(carrier.status().throttledMs !== before);
    await clock.advance(31_000, async () => {});
    await carrier.submit(sampleSubmission({ reference: 'another' }));
  }
  assert.deepEqual(slowed, [true, true, false, false, false]);
  await carrier.stop();
  await upstream.close();
});

test('the account that is refused is seen in the status, and the words about a message are not', async () => {
  const upstream = await startRawUpstream((socket, request) => {
    socket.write(
      request === 1 ? reply('401 Unauthorized', 'wrong token') : reply('400 Bad', '{"error":"text Hello"}'),
    );
  });
  const { carrier } = await startCarrier(upstream.url);
  await failureOf(carrier);
  assert.deepEqual(
    [carrier.status().state, carrier.status().lastError?.text],
    ['refused', 'HTTP 401: wrong token'],
  );
  await failureOf(carrier);
  assert.deepEqual(
    [carrier.status().state, carrier.status().lastError?.text],
    ['up', 'HTTP 401: wrong token'],
  );
  assert.deepEqual(carrier.status().counts, { misconfigured: 1, invalidMessage: 1 });
  await carrier.stop();
  await upstream.close();
});
