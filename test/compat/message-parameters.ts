// The spellings in which a message may be asked for, and in which messages may be looked for.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sendText } from '../support/messaging.ts';
import { form, json, multipart } from './ask.ts';
import { ask, world } from './harness.ts';
import type { Loose } from './raw-request.ts';
import { listLength, recipient, theNumber } from './world.ts';

const other = '14155550174';

async function sentBy(parameters: object, makeOptions = json): Promise<Loose[]> {
  const answer = await ask('POST', 'Message/', makeOptions(parameters as Record<string, string>));
  assert.equal(answer.status, 202, answer.text);
  const read = await Promise.all(
    answer.body.message_uuid.map((uuid: string) => ask('GET', `Message/${uuid}/`)),
  );
  return read.map(({ body }) => body);
}

/** Runs sections 3.1, 3.2 and 5 of wire-data-plane. */
export function describeMessageParameters(): void {
  describe('parameters of sending (sections 3.1, 3.2)', () => {
    for (const src of ['+1 (415) 555-0111', '1.415.555.0111', '1/415/5550111', Number(theNumber)]) {
      test(`src ${JSON.stringify(src)}`, async () => {
        const [sent] = await sentBy({ src, dst: recipient, text: 'x' });
        assert.equal(sent.from_number, theNumber);
      });
    }

    const destinations: [dst: unknown, numbers: string[]][] = [
      ['+1 (415) 555-0173', [recipient]],
      ['1.415.555/0173', [recipient]],
      [Number(recipient), [recipient]],
      [`${recipient}<${other}`, [recipient, other]],
      [`${other}<${recipient}<+${other}`, [other, recipient]],
      // A list that Python's SDK has made a text of.
      [`['${recipient}', '${other}']`, [recipient, other]],
    ];
    for (const [dst, numbers] of destinations) {
      test(`dst ${JSON.stringify(dst)}`, async () => {
        const sent = await sentBy({ src: theNumber, dst, text: 'x' });
        assert.deepEqual(
          sent.map(({ to_number }) => to_number),
          numbers,
        );
      });
    }

    const spellings: [parameters: object, name: string, value: unknown][] = [
      [{ type: 'SMS' }, 'message_type', 'sms'],
      [{ type: null, method: '', log: null, url: '' }, 'message_type', 'sms'],
      [{ message_expiry: '10800', trackable: 'False' }, 'message_state', 'sent'],
      [{ message_expiry: 10800, trackable: false, method: 'post' }, 'message_state', 'sent'],
      [{ powerpackUUID: 'anything', unknown: { a: 1 } }, 'message_state', 'sent'],
      [{ type: 'mms', media_urls: 'https://x.example/a,https://x.example/b' }, 'message_type', 'mms'],
      [{ dlt_entity_id: '1', dlt_template_category: 'promotional' }, 'dlt_template_category', 'promotional'],
    ];
    for (const [parameters, name, value] of spellings) {
      test(JSON.stringify(parameters), async () => {
        const answer = await ask(
          'POST',
          'Message/',
          json({ src: theNumber, dst: recipient, text: 'x', ...parameters }),
        );
        assert.equal(answer.status, 202, answer.text);
        await world.app.app.inFlight.idle();
        const { body } = await ask('GET', `Message/${answer.body.message_uuid[0]}/`);
        assert.equal(body[name], value);
      });
    }

    test('forms are read like JSON', async () => {
      const fields = { src: theNumber, dst: `${recipient}<${other}`, text: 'a+b & c', log: 'false' };
      for (const makeOptions of [form, multipart]) {
        const sent = await sentBy(fields, makeOptions as typeof json);
        assert.deepEqual(
          sent.map(({ log, to_number }) => [log, to_number]),
          [
            ['false', '14155550***'],
            ['false', '14155550***'],
          ],
        );
      }
    });

    test('invalid destinations are returned as they were given, and only if there are some', async () => {
      const parameters = { src: theNumber, dst: `12<${recipient}< +x `, text: 'x' };
      const { status, body } = await ask('POST', 'Message/', json(parameters));
      assert.deepEqual([status, body.message_uuid.length, body.invalid_number], [202, 1, ['12', ' +x']]);
      const whole = await ask('POST', 'Message/', json({ ...parameters, dst: recipient }));
      assert.ok(!Object.hasOwn(whole.body, 'invalid_number'));
    });
  });

  describe('filters of the list (section 5)', () => {
    /** The world's messages: `listLength` texts and a picture to `recipient`, delivered at the same moment. */
    const all = listLength + 1;
    const at = () => world.app.time.now.toISOString();
    const day = () => at().slice(0, 10);
    const filters: [query: () => string, found: number][] = [
      [() => '', all],
      [() => 'limit=5', 5],
      [() => 'limit=5&offset=10', all - 10],
      [() => 'limit=100', all],
      [() => `offset=${all}`, 0],
      [() => 'message_direction=outbound', all],
      [() => 'message_direction=inbound', 0],
      [() => 'message_state=delivered', all],
      [() => 'message_state=received', 0],
      [() => 'message_type=sms', listLength],
      [() => 'message_type=MMS', 1],
      [() => 'error_code=0', all],
      [() => 'error_code=000', all],
      [() => 'error_code=50', 0],
      [() => `powerpack_id=${world.powerpackUuid}`, all],
      [() => 'destination_country_iso2=us', all],
      [() => 'destination_country_iso2=CA', 0],
      [() => `to_number=${recipient}`, all],
      [() => `to_number=%2B${recipient}&from_number=`, all],
      [() => `from_number=${recipient}`, 0],
      [() => `message_time=${day()}`, all],
      [() => `message_time__gte=${day()}+00%3A00`, all],
      [() => `message_time__gte=${day()}%2000:00:00`, all],
      [() => `message_time__lt=${day()}`, 0],
      [() => 'message_time__gt=2000-01-01+00:00:00.000000', all],
      [() => 'message_time__gte=2000-01-01&message_time__lte=2000-01-02', 0],
      [() => 'conversartion_origin=x', all],
      [() => 'unknown=1&&?search=hack', all],
      [() => 'tendlc_registration_status=unregistered&tendlc_campaign_id=', all],
    ];
    for (const [query, found] of filters) {
      test(String(query).slice(6), async () => {
        const { status, body } = await ask('GET', `Message/?${query()}`);
        assert.equal(status, 200, JSON.stringify(body));
        assert.equal(body.objects.length, found);
      });
    }

    for (const query of [
      'limit=-1',
      'limit=x',
      'offset=-1',
      'message_direction=up',
      'message_state=lost',
      'message_type=fax',
      'error_code=x',
      'message_time=yesterday',
      'message_time__lt=2026-02-30',
      'subaccount=x',
    ]) {
      test(`${query} is refused by its name`, async () => {
        const { status, body } = await ask('GET', `Message/?${query}`);
        assert.equal(status, 400);
        assert.ok(body.error.startsWith(`${query.split('=')[0]} must be`), body.error);
      });
    }

    test('links carry the other filters', async () => {
      const { meta } = (await ask('GET', 'Message/?message_type=sms&limit=5&offset=5')).body;
      const pages = [meta.previous, meta.next].map((link) => new URL(link, world.app.url).searchParams);
      assert.deepEqual(
        pages.map((page) => [page.get('message_type'), page.get('limit'), page.get('offset')]),
        [
          ['sms', '5', '0'],
          ['sms', '5', '10'],
        ],
      );
      const last = (await ask('GET', meta.next)).body;
      assert.deepEqual([last.objects.length, last.meta.next], [listLength - 10, null]);
    });

    test('inbound ones are found as well, the newest first', async () => {
      const uuid = await sendText(world.app, recipient, theNumber, 'hello');
      const [newest] = (await ask('GET', `Message/?from_number=${recipient}`)).body.objects;
      assert.deepEqual([newest.message_uuid, newest.message_state], [uuid, 'received']);
    });
  });
}
