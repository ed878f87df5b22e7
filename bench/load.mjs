// A closed-loop load generator over raw sockets: an HTTP client library would cost more than the server it measures.
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

/**
 * Keeps `connections` requests to the server at `url` in flight for `seconds`, taking the next from `nextRequest()` (a whole HTTP/1.1 request as
 * a Buffer). Answers must carry a Content-Length and the expected status; without a `status` any will do, and one that is asked to
 * come again later does, after as long as it was told.
 * @returns {Promise<{ answers: number, byStatus: Record<string, number>, perSecond: number, p50Ms: number, p99Ms: number, maxMs: number }>}
 */
export function load({ seconds, ...how }) {
  const endAt = performance.now() + seconds * 1000;
  return run({ ...how, isOver: () => performance.now() >= endAt });
}

/** Does the same for a given number of requests, however long that takes. */
export function loadMany({ count, ...how }) {
  let left = count - how.connections;
  return run({ ...how, isOver: () => left-- <= 0 });
}

async function run({ connections, ...how }) {
  const latencies = [];
  const byStatus = {};
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: connections }, () => runConnection({ ...how, latencies, byStatus })),
  );
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    answers: latencies.length,
    byStatus,
    perSecond: latencies.length / elapsedSeconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
  };
}

/** Sends one request after another on one connection; at least one. */
function runConnection({ url, isOver, status, nextRequest, latencies, byStatus }) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.setNoDelay(true);
    let sentAt = 0;
    let received = Buffer.alloc(0);
    const send = () => {
      sentAt = performance.now();
      socket.write(nextRequest());
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the server hung up')));
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const answer = readAnswer(received);
      if (answer === undefined || received.length < answer.length) return;
      if (status !== undefined && answer.status !== status)
        return reject(new Error(`expected ${status}, got: ${received.toString('utf8', 0, 500)}`));
      latencies.push(performance.now() - sentAt);
      byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
      received = Buffer.alloc(0);
      if (!isOver()) return answer.waitMs > 0 ? void setTimeout(send, answer.waitMs) : send();
      socket.end();
      resolve();
    });
  });
}

/** Reads the response that begins the buffer: its status, its bytes, how long to wait; `undefined` while its head is not complete. */
function readAnswer(received) {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const read = (pattern) => Number(pattern.exec(head)?.[1] ?? 0);
  return {
    status: read(/^HTTP\/1\.1 (\d+) /),
    length: headEnd + 4 + read(/\r\ncontent-length: (\d+)/i),
    waitMs: read(/\r\nretry-after: (\d+)/i) * 1000,
  };
}

/** Returns an HTTP/1.1 request with a JSON body (or none) as bytes. */
export function requestBytes({ method, path, authorization, body }) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', `Authorization: ${authorization}`];
  if (text !== '') lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
