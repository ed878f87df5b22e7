// The dry run says of a message what accepting it does: the sender, the rule and the wait.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestApp, type TestApp } from '../support/app.ts';
import { makePowerpack, readMessage, send } from '../support/messaging.ts';

let server: TestApp;
before(async () => {
  server = await startTestApp();
});
after(() => server.stop());

/** It is half past five in the morning in New York when the test begins. */
const night = '21:00-08:00';
const people = Array.from({ length: 6 }, (_, index) => `1212555${1000 + index}`);
const [known, stranger] = [people[0], '12125552000'];

const situations = [night, 'none'].flatMap((quiet_hours) =>
  ['1', 'none'].flatMap((warm_up) =>
    ['bulk', 'transactional'].flatMap((message_priority) =>
      [true, false].flatMap((sticky_sender) =>
        [known, stranger].map((dst) => ({ quiet_hours, warm_up, message_priority, sticky_sender, dst })),
      ),
    ),
  ),
);

for (const [index, { dst, ...settings }] of situations.entries()) {
  const { quiet_hours, warm_up, message_priority, sticky_sender } = settings;
  const who = `${dst === known ? 'a known' : 'a new'} recipient`;
  test(`${message_priority} to ${who}, quiet hours ${quiet_hours}, warm-up ${warm_up}, sticky ${sticky_sender}`, async () => {
    const numbers = [0, 1].map((place) => `1201555${String(100 + 2 * index + place).padStart(4, '0')}`);
    const { quiet_hours: _, ...first } = settings;
    const { uuid } = await makePowerpack(server, `situation ${index}`, numbers, { settings: first });
    await send(server, { powerpack_uuid: uuid, dst: people.join('<'), priority: 'bulk' });
    await server.call('POST', `Powerpack/${uuid}/`, { quiet_hours });

    const { body: dryRun } = await server.call('POST', `Powerpack/${uuid}/Explain/`, { dst, text: 'hello' });
    const sent = await server.call('POST', 'Message/', { powerpack_uuid: uuid, dst, text: 'hello' });
    if (dryRun.sender === null) {
      assert.equal(sent.status, 400, sent.text);
      assert.ok(sent.body.error.endsWith(dryRun.because), sent.body.error);
      return;
    }
    assert.equal(sent.status, 202, `${sent.text}, and the dry run said ${dryRun.because}`);
    const [id] = sent.body.message_uuid;
    const { body: explained } = await server.call('GET', `Message/${id}/Explain/`);
    assert.deepEqual(
      [dryRun.sender.number, dryRun.rule],
      [(await readMessage(server, id)).from_number, explained.rule],
    );
    if (quiet_hours === 'none') assert.equal(dryRun.wait_seconds, explained.wait_seconds);
    else assert.match(explained.waiting, /it is scheduled/);
  });
}

test('a transactional message has the wait that it is told, which is not that of the bulk before it', async () => {
  const { uuid } = await makePowerpack(server, 'in front', ['13105550100']);
  await send(server, { powerpack_uuid: uuid, dst: people.join('<'), priority: 'bulk' });
  const explain = async () =>
    (await server.call('POST', `Powerpack/${uuid}/Explain/`, { dst: stranger })).body.wait_seconds;
  assert.equal(await explain(), 0);
  await server.call('POST', `Powerpack/${uuid}/`, { message_priority: 'bulk' });
  assert.equal(await explain(), 6);
});
