// A closed-loop load generator over raw sockets: an HTTP client library would cost more than the server it measures.
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

/**
 * Keeps `connections` requests in flight for `seconds`, taking the next from `nextRequest()` (a whole HTTP/1.1 request as
 * a Buffer). Answers must carry a Content-Length and the expected status.
 * @returns {Promise<{ perSecond: number, p50Ms: number, p99Ms: number }>}
 */
export async function load({ host, port, connections, seconds, status, nextRequest }) {
  const latencies = [];
  const startedAt = performance.now();
  const endAt = startedAt + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, () =>
      runConnection({ host, port, endAt, status, nextRequest, latencies }),
    ),
  );
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { perSecond: latencies.length / elapsedSeconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function runConnection({ host, port, endAt, status, nextRequest, latencies }) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    socket.setNoDelay(true);
    let sentAt = 0;
    let received = Buffer.alloc(0);
    const send = () => {
      sentAt = performance.now();
      socket.write(nextRequest());
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const length = answerLength(received, status);
      if (length === undefined || received.length < length) return;
      if (length instanceof Error) return reject(length);
      latencies.push(performance.now() - sentAt);
      received = Buffer.alloc(0);
      if (performance.now() < endAt) return send();
      socket.end();
      resolve();
    });
  });
}

/** Bytes of the answer that begins the buffer, `undefined` while its head is not complete. */
function answerLength(received, status) {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  if (!head.startsWith(`HTTP/1.1 ${status} `))
    throw new Error(`expected ${status}, got: ${head.split('\r\n', 1)[0]}`);
  const contentLength = /\r\ncontent-length: (\d+)/i.exec(head);
  return headEnd + 4 + Number(contentLength?.[1] ?? 0);
}

/** An HTTP/1.1 request with a JSON body (or none) as bytes. */
export function requestBytes({ method, path, authorization, body }) {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', `Authorization: ${authorization}`];
  if (text !== '') lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
