// Every request that was recorded from a real SDK, sent again byte for byte: each must get the documented answer, do
// what it says, and give the SDK's parser what it needs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { basicAuth } from '../support/app.ts';
import { answerFaults, answerShapes, type Operation } from './answer-shapes.ts';
import { effects, type Happening } from './effects.ts';
import { type RawAnswer, sendRaw } from './raw-request.ts';
import { type RecordedRequest, type RecordedSdk, readRecording, recordedSdks } from './recorded-requests.ts';
import { inWorld, makeWorld, type World } from './world.ts';

/** How many requests each recording holds: none may be lost on the way. */
const recordedCounts: Readonly<Record<RecordedSdk, number>> = {
  ruby: 188,
  php: 138,
  dotnet: 133,
  node: 141,
  curl: 11,
};

let world: World;
before(async () => {
  world = await makeWorld();
});
after(() => world.app.stop());

for (const sdk of recordedSdks) {
  const { version, flows } = readRecording(sdk);
  describe(`${sdk} ${version}`, () => {
    let replayed = 0;

    for (const { name, call, steps } of flows) {
      test(`${name}: ${call}`, async () => {
        await world.reset();
        await prepare(steps.map((step) => step.operation));
        let numberForSale: string | undefined;
        for (const step of steps) {
          const operation = knownOperation(step.operation);
          const request = inWorld(world, step.request, numberForSale);
          const happening = await happen(operation, request);
          assert.deepEqual(answerFaults(operation, happening.answer), []);
          await effects[operation].check(happening);
          if (operation === 'phonenumber.search') numberForSale = happening.answer.body.objects[0]?.number;
          replayed++;
        }
      });
    }

    test('none was left out', (context) => {
      context.diagnostic(`${replayed} requests replayed in ${flows.length} flows`);
      assert.equal(replayed, recordedCounts[sdk]);
    });
  });
}

/** Makes the world for the operation that a flow is about: its last. */
async function prepare(operations: readonly string[]): Promise<void> {
  await effects[knownOperation(operations.at(-1))].prepare?.(world);
}

function knownOperation(name: string | undefined): Operation {
  assert.ok(name !== undefined && Object.hasOwn(answerShapes, name), `${name} is no known operation`);
  return name as Operation;
}

async function happen(operation: Operation, request: RecordedRequest): Promise<Happening> {
  // Without the slashes at the end, and without what Node puts behind them.
  const resource = request.path.replace(/&[^/]*$/, '').replace(/\/+$/, '');
  const updates = operation.endsWith('.update');
  const state = updates ? (await world.must('GET', `${resource}/`)).body : undefined;
  return {
    world,
    request,
    answer: await send(request),
    parameters: { ...Object.fromEntries(new URLSearchParams(request.query)), ...bodyParameters(request) },
    subject: resource.slice(resource.lastIndexOf('/') + 1),
    before: state,
  };
}

function send({ method, path, query, headers, body }: RecordedRequest): Promise<RawAnswer> {
  return sendRaw(world.app.url, {
    method,
    target: query === '' ? path : `${path}?${query}`,
    headers: { ...headers, authorization: basicAuth(world.app.account) },
    body,
  });
}

function bodyParameters({ headers, body }: RecordedRequest): object {
  if (headers['content-type']?.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(body));
  return body === '' ? {} : Object(JSON.parse(body));
}
