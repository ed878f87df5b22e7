// Traces over HTTP: a collector gets the spans of a request and of its message, all in the trace that the client began.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { idIn, tokenIn } from '../command-line/data-directory.ts';
import { basicAuth } from '../support/app.ts';
import { createServerDatabase, serverUrl } from '../support/database.ts';
import {
  makeTemporaryDirectory,
  processEnvironment,
  type RunningServer,
  startProcess,
} from '../support/process.ts';
import { until } from '../support/until.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../support/webhook-catcher.ts';

interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

/** Starts a collector of OTLP over HTTP, as JSON. */
async function startCollector() {
  const spans: CollectedSpan[] = [];
  const services = new Set<string>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    assert.equal(request.url, '/v1/traces');
    for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
      for (const { key, value } of resource.attributes) {
        if (key === 'service.name') services.add(value.stringValue);
      }
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, spans, services, close: () => void server.close().closeAllConnections() };
}

const clientTrace = '4bf92f3577b34da6a3ce929d0e0e4736';
const clientSpan = '00f067aa0ba902b7';

describe('with tracing on', () => {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let catcher: WebhookCatcher;
  let environment: Record<string, string>;
  const ends: (() => Promise<void>)[] = [];

  before(async () => {
    collector = await startCollector();
    catcher = await startWebhookCatcher();
    const { path, remove } = await makeTemporaryDirectory();
    const database = serverUrl === undefined ? undefined : await createServerDatabase(serverUrl);
    ends.push(async () => {
      collector.close();
      await catcher.close();
      await database?.drop();
      await remove();
    });
    environment = processEnvironment(path, {
      ...(database === undefined ? {} : { DATABASE_URL: database.url }),
      RUCKSACK_VIRTUAL_CLOCK: '2026-03-14T09:00:00Z',
      RUCKSACK_TRACES: 'on',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'shop-sms',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    });
  });
  after(async () => {
    for (const end of ends) await end();
  });

  const callerOf =
    (server: RunningServer, account: { authId: string; authToken: string }) =>
    // biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is what tests are about
    async (path: string, body: object, headers: Record<string, string> = {}): Promise<any> => {
      const answer = await fetch(`${server.url}/v1/Account/${account.authId}/${path}`, {
        method: 'POST',
        headers: { authorization: basicAuth(account), 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      assert.ok(answer.ok, text);
      return JSON.parse(text);
    };

  test('a message’s way is one trace, through its queue and a restart, and the customer gets its context', async () => {
    const first = await startProcess(environment);
    const account = { authId: idIn(first.greeting), authToken: tokenIn(first.greeting) };
    const call = callerOf(first, account);
    const { uuid, number_pool: pool } = await call('Powerpack/', { name: 'traced' });
    await call(`NumberPool/${pool.split('/')[5]}/Number/14155550100/`, { rent: true });
    const send = (dst: string, headers: Record<string, string> = {}) =>
      call('Message/', { powerpack_uuid: uuid, dst, text: 'hello', url: `${catcher.url}/status` }, headers);
    // It keeps the number busy, so that the next one waits in the queue.
    await send('12125550110');
    const sent = await send('12125550111', {
      traceparent: `00-${clientTrace}-${clientSpan}-01`,
      tracestate: 'shop=7',
    });
    const [messageId] = sent.message_uuid;
    await first.stop();

    const second = await startProcess({ ...environment, RUCKSACK_VIRTUAL_CLOCK: '2026-03-14T09:01:00Z' });
    const later = callerOf(second, account);
    await until(async () => {
      await later('Simulator/Clock/', { action: 'advance', seconds: 1 });
      return catcher.calls.some(
        ({ parameters }) => parameters.MessageUUID === messageId && parameters.Status === 'delivered',
      );
    });
    await second.stop();

    const spans = collector.spans.filter(({ traceId }) => traceId === clientTrace);
    const find = (name: string) => spans.filter((span) => span.name === name);
    const [request] = find('POST /v1/Account/:auth_id/Message');
    const [acceptance] = find('accept message');
    assert.equal(request?.parentSpanId, clientSpan);
    assert.equal(acceptance?.parentSpanId, request?.spanId);
    for (const name of ['choose sender', 'submit message', 'apply report', 'callback']) {
      const found = find(name);
      assert.ok(found.length > 0, name);
      for (const span of found) assert.equal(span.parentSpanId, acceptance?.spanId, name);
    }
    assert.deepEqual([...collector.services], ['shop-sms']);

    const told = catcher.calls.filter(({ parameters }) => parameters.MessageUUID === messageId);
    assert.deepEqual(
      told.map(({ headers }) => headers.traceparent).sort(),
      find('callback')
        .map(({ spanId }) => `00-${clientTrace}-${spanId}-01`)
        .sort(),
    );
    for (const one of told) {
      assert.equal(one.headers.tracestate, 'shop=7');
      assert.ok(one.isSignedWith(account.authToken));
    }
    const text = JSON.stringify(collector.spans);
    assert.ok(!text.includes('12125550111') && !text.includes('hello'), 'no recipient and no text');
  });

  test('a context that is none begins a new trace, and a trace that is not sampled is passed on unsent', async () => {
    const server = await startProcess({ ...environment, RUCKSACK_VIRTUAL_CLOCK: '2026-03-14T09:30:00Z' });
    const before = collector.spans.length;
    for (const traceparent of [
      'nonsense',
      `00-${'0'.repeat(32)}-${clientSpan}-01`,
      `00-${clientTrace}-${clientSpan}-00`,
    ]) {
      await fetch(`${server.url}/v1/Account/${'X'.repeat(20)}/Message/`, {
        method: 'POST',
        headers: { traceparent },
      });
    }
    await server.stop();
    const spans = collector.spans.slice(before);
    assert.deepEqual(
      spans.map(({ name, parentSpanId }) => [name, parentSpanId ?? '']),
      [
        ['POST /v1/Account/:auth_id/Message', ''],
        ['POST /v1/Account/:auth_id/Message', ''],
      ],
    );
    assert.ok(spans.every(({ traceId }) => traceId !== clientTrace && !/^0+$/.test(traceId)));
  });

  test('a collector that is away holds nothing up', async () => {
    collector.close();
    const server = await startProcess(environment);
    const answer = await fetch(`${server.url}/healthz`);
    assert.equal(answer.status, 200);
    assert.equal((await server.stop()).code, 0);
  });
});

describe('with tracing off', () => {
  test('callbacks have no context, whatever the request had', async (t) => {
    const catcher = await startWebhookCatcher();
    const { path, remove } = await makeTemporaryDirectory();
    const server = await startProcess(processEnvironment(path));
    t.after(async () => {
      await server.stop();
      await catcher.close();
      await remove();
    });
    const account = { authId: idIn(server.greeting), authToken: tokenIn(server.greeting) };
    const headers = {
      authorization: basicAuth(account),
      'content-type': 'application/json',
      traceparent: `00-${clientTrace}-${clientSpan}-01`,
    };
    const base = `${server.url}/v1/Account/${account.authId}/`;
    const post = (path: string, body: object) =>
      fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
    await post('PhoneNumber/14155550100/', {});
    const sent = await post('Message/', {
      src: '14155550100',
      dst: '12125550111',
      text: 'hello',
      url: catcher.url,
    });
    assert.equal(sent.status, 202);
    const call = await catcher.next();
    assert.equal(call.headers.traceparent, undefined);
  });
});
