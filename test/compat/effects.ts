// The effect of each recorded operation: how the world is prepared, and what is checked afterwards.
import assert from 'node:assert/strict';
import type { Operation } from './answer-shapes.ts';
import type { Loose, RawAnswer } from './raw-request.ts';
import type { RecordedRequest } from './recorded-requests.ts';
import {
  alias,
  forSale,
  listLength,
  members,
  recipient,
  theNumber,
  theShortcode,
  theTollfree,
  type World,
} from './world.ts';

/** A request that was sent in a world, and its answer. */
export interface Happening {
  readonly world: World;
  readonly request: RecordedRequest;
  readonly answer: RawAnswer;
  /** The parameters of the request: its query, and its body, which wins. */
  readonly parameters: Loose;
  /** The last segment of the path: in a pool, the number. */
  readonly subject: string;
  /** The answer to a GET of the same path before an update. */
  readonly before: Loose;
}

interface Effect {
  /** Brings the world into the state that gives the operation something to do. */
  readonly prepare?: (world: World) => Promise<unknown>;
  readonly check: (happening: Happening) => Promise<void> | void;
}

const removeFromPool = (kind: string, number: string, unrent: boolean) => async (world: World) => {
  await world.must('DELETE', `NumberPool/${world.poolUuid}/${kind}/${number}/`, { unrent });
  // Else the number would be held for the account, and to rent it would only bring it back.
  await world.app.app.db.query('delete from held_numbers');
};

/** Operation → what it needs and what it does. */
export const effects: Readonly<Record<Operation, Effect>> = {
  'powerpack.create': {
    check: async ({ world, answer, parameters }) => {
      assert.equal(answer.body.name, parameters.name);
      checkPowerpack(answer.body, { ...defaults, ...parameters });
      await checkStored(world, answer.body);
    },
  },
  'powerpack.get': {
    check: ({ world, answer }) => {
      assert.equal(answer.body.uuid, world.powerpackUuid);
      assert.equal(answer.body.number_pool.split('/')[5], world.poolUuid);
    },
  },
  'powerpack.list': {
    check: (happening) => checkPage(happening, listLength),
  },
  'powerpack.update': {
    check: async ({ world, answer, parameters, before }) => {
      assert.equal(answer.body.uuid, before.uuid);
      assert.equal(answer.body.number_pool, before.number_pool);
      checkPowerpack(answer.body, { ...before, ...parameters });
      await checkStored(world, answer.body);
    },
  },
  'powerpack.delete': {
    check: async ({ world, parameters }) => {
      await checkStatus(world, `Powerpack/${world.powerpackUuid}/`, 404);
      await checkStatus(world, `NumberPool/${world.poolUuid}/Number/`, 404);
      const { meta } = (await world.must('GET', 'Number/')).body;
      assert.equal(meta.total_count, isTrue(parameters.unrent_numbers) ? 0 : members.length);
    },
  },

  'numberpool.number.list': {
    check: (happening) => {
      const { parameters } = happening;
      const startsWith = parameters.starts_with ?? parameters.pattern ?? '';
      const country = parameters.country_iso2 ?? parameters.country_iso;
      const fitting = members.filter(
        ({ number, type, country_iso2, service }) =>
          number.startsWith(startsWith) &&
          (country ?? country_iso2) === country_iso2 &&
          (parameters.type ?? type) === type &&
          (parameters.service ?? service) === service,
      );
      checkPage(happening, fitting.length);
      for (const shown of happening.answer.body.objects) {
        assert.ok(
          fitting.some(({ number }) => number === shown.number),
          `${shown.number} does not fit the filters`,
        );
      }
    },
  },
  'numberpool.number.find': { check: ({ answer }) => assert.equal(answer.body.number, theNumber) },
  'numberpool.number.add': {
    prepare: removeFromPool('Number', theNumber, false),
    check: (happening) => checkAdded(happening, 'Number'),
  },
  'numberpool.number.rent_and_add': {
    prepare: removeFromPool('Number', theNumber, true),
    check: async (happening) => {
      await checkAdded(happening, 'Number');
      await checkStatus(happening.world, `Number/${happening.subject}/`, 200);
    },
  },
  'numberpool.number.remove': { check: (happening) => checkRemoved(happening, 'Number') },

  'numberpool.tollfree.list': {
    check: (happening) => checkPage(happening, members.filter(({ type }) => type === 'tollfree').length),
  },
  'numberpool.tollfree.find': { check: ({ answer }) => assert.equal(answer.body.number, theTollfree) },
  'numberpool.tollfree.add': {
    prepare: removeFromPool('Tollfree', theTollfree, false),
    check: (happening) => checkAdded(happening, 'Tollfree'),
  },
  'numberpool.tollfree.remove': { check: (happening) => checkRemoved(happening, 'Tollfree') },

  'numberpool.shortcode.list': { check: (happening) => checkPage(happening, 1) },
  'numberpool.shortcode.find': { check: ({ answer }) => assert.equal(answer.body.shortcode, theShortcode) },
  'numberpool.shortcode.remove': {
    check: ({ world }) => checkStatus(world, `NumberPool/${world.poolUuid}/Shortcode/${theShortcode}/`, 404),
  },

  'phonenumber.search': {
    check: async ({ world, answer, parameters }) => {
      const { objects, meta } = answer.body;
      // Cities, LATAs and rate centres of fictitious numbers do not exist: who asks for one finds nothing.
      if (parameters.city !== undefined) {
        assert.equal(meta.total_count, 0);
        return;
      }
      assert.equal(objects.length, meta.limit);
      const digits = `1${parameters.pattern ?? parameters.starts_with ?? ''}`;
      for (const { number, country, region, resource_uri } of objects) {
        assert.ok(number.startsWith(digits), `${number} does not begin with ${digits}`);
        assert.equal(country, 'UNITED STATES');
        assert.ok(region.includes(parameters.region ?? ''));
        assert.equal(resource_uri, `/v1/Account/${world.app.account.authId}/PhoneNumber/${number}/`);
      }
      // SDKs buy the first, so it must not be one that the account has.
      await checkStatus(world, `Number/${objects[0].number}/`, 404);
    },
  },
  'phonenumber.buy': {
    check: async ({ world, answer, parameters }) => {
      assert.deepEqual(answer.body.numbers, [{ number: forSale, status: 'Success' }]);
      const { body } = await world.must('GET', `Number/${forSale}/`);
      assert.equal(body.application, applicationPath(world, parameters.app_id));
    },
  },

  'number.list': {
    check: (happening) => {
      // `services=sms,voice` finds nothing: this server has no telephony.
      const total = (happening.parameters.services ?? '').includes('voice') ? 0 : members.length;
      checkPage(happening, total);
    },
  },
  'number.get': {
    check: ({ answer }) => {
      assert.equal(answer.body.number, theNumber);
      assert.equal(answer.body.alias, alias);
    },
  },
  'number.update': {
    // While the number is in the pool, the powerpack's application would hide its own.
    prepare: removeFromPool('Number', theNumber, false),
    check: async ({ world, parameters, before }) => {
      const { body } = await world.must('GET', `Number/${theNumber}/`);
      assert.equal(body.alias, parameters.alias ?? before.alias);
      const application =
        parameters.app_id === undefined ? before.application : applicationPath(world, parameters.app_id);
      assert.equal(body.application, application);
    },
  },
  'number.unrent': {
    check: async ({ world }) => {
      await checkStatus(world, `Number/${theNumber}/`, 404);
      await checkStatus(world, `NumberPool/${world.poolUuid}/Number/${theNumber}/`, 404);
    },
  },
  'number.add_own': {
    prepare: removeFromPool('Number', theNumber, true),
    check: async ({ world, parameters }) => {
      const { body } = await world.must('GET', `Number/${parameters.numbers}/`);
      assert.equal(body.carrier, parameters.carrier);
      assert.equal(body.region, parameters.region);
    },
  },

  'application.create': {
    check: async ({ world, answer, parameters }) => {
      const { body } = await world.must('GET', `Application/${answer.body.app_id}/`);
      for (const [name, value] of Object.entries(parameters)) assert.equal(body[name], value);
    },
  },
  'application.get': { check: ({ world, answer }) => assert.equal(answer.body.app_id, world.appId) },
  'application.list': { check: (happening) => checkPage(happening, listLength) },
  'application.update': {
    check: async ({ world, parameters, before }) => {
      const { body } = await world.must('GET', `Application/${world.appId}/`);
      assert.deepEqual({ ...body, api_id: '' }, { ...before, ...parameters, api_id: '' });
    },
  },
  'application.delete': {
    check: ({ world }) => checkStatus(world, `Application/${world.appId}/`, 404),
  },

  'message.create': { check: checkSent },
  'message.get': {
    check: ({ world, answer: { body } }) => {
      assert.deepEqual(
        [body.message_uuid, body.message_state, body.error_code, body.to_number, body.powerpack_id],
        [world.messageUuid, 'delivered', '000', recipient, world.powerpackUuid],
      );
    },
  },
  'message.list': {
    check: ({ answer, parameters }) => {
      // All but the last are texts; the last is the newest.
      const total = parameters.message_type === 'sms' ? listLength : listLength + 1;
      const offset = Number(parameters.offset ?? 0);
      const { meta, objects } = answer.body;
      assert.deepEqual([meta.limit, meta.offset], [Number(parameters.limit ?? 20), offset]);
      assert.equal(objects.length, Math.min(meta.limit, total - offset));
      const times = objects.map((message: Loose) => message.message_uuid);
      assert.deepEqual(times, times.toSorted().toReversed());
    },
  },
  'message.media.list': {
    check: ({ world, answer }) => {
      const [medium, ...others] = answer.body.objects;
      assert.deepEqual(
        [medium.media_id, medium.message_uuid, others],
        [world.mediaId, world.messageUuid, []],
      );
    },
  },
  'message.media.get': { check: ({ world, answer }) => assert.equal(answer.body.media_id, world.mediaId) },
  'message.media.delete': {
    check: async ({ world }) => {
      const { body } = await world.must('GET', `Message/${world.messageUuid}/Media/`);
      assert.deepEqual(body.objects, []);
    },
  },
  'media.upload': {
    check: ({ world, answer }) => checkStatus(world, `Media/${answer.body.objects[0].media_id}/`, 200),
  },
  'media.get': { check: ({ world, answer }) => assert.equal(answer.body.media_id, world.mediaId) },
  'media.list': { check: (happening) => checkPage(happening, 1) },
};

const defaults = { sticky_sender: true, local_connect: true, application_id: '', application_type: '' };

/** Compares a powerpack with its settings as they were asked for, in whichever spelling. */
function checkPowerpack(powerpack: Loose, wanted: Loose): void {
  assert.equal(powerpack.name, wanted.name);
  assert.equal(powerpack.sticky_sender, isTrue(wanted.sticky_sender));
  assert.equal(powerpack.local_connect, isTrue(wanted.local_connect));
  const detached = wanted.application_id === 'none';
  assert.equal(powerpack.application_id, detached ? '' : wanted.application_id);
  assert.equal(powerpack.application_type, detached ? '' : wanted.application_type.toUpperCase());
  for (const { service_type, country_iso, priority } of wanted.number_priority ?? []) {
    const stored = powerpack.number_priority.find(
      (entry: Loose) => entry.service_type === service_type && entry.country_iso === country_iso,
    );
    const { priority1, priority2, priority3 } = priority;
    assert.deepEqual(stored.priority, { priority1, priority2, priority3 });
  }
  assert.equal(powerpack.number_priority.length, 4);
}

/** Checks that each destination gets its message, as requested, and that every step is called back. */
async function checkSent({ world, answer, parameters }: Happening): Promise<void> {
  const destinations: string[] = parameters.dst.split('<');
  assert.equal(answer.body.message_uuid.length, destinations.length);
  await world.app.advance(1000);
  for (const [index, uuid] of answer.body.message_uuid.entries()) {
    const { body } = await world.must('GET', `Message/${uuid}/`);
    assert.deepEqual(
      [body.message_state, body.to_number, body.message_type],
      ['delivered', destinations[index], parameters.type ?? 'sms'],
    );
    assert.equal(body.powerpack_id, world.powerpackUuid);
    if (parameters.src) assert.equal(body.from_number, parameters.src);
    else
      assert.ok(
        members.some(({ number }) => number === body.from_number) || body.from_number === theShortcode,
      );
    const record = world.app.app.simulator.records.submissions
      .newestFirst()
      .find(({ submission }) => submission.reference === uuid);
    assert.deepEqual(
      [record?.submission.text, record?.submission.mediaUrls],
      [parameters.text, parameters.media_urls ?? []],
    );
    const calls = (await world.must('GET', `Webhook/?message_uuid=${uuid}`)).body.objects;
    const told = parameters.url === undefined ? 0 : 3;
    assert.deepEqual(
      calls.map(({ url, method }: Loose) => [url, method]),
      Array.from({ length: told }, () => [parameters.url, 'POST']),
    );
  }
}

/** Checks that a later GET shows the answer of the change. */
async function checkStored(world: World, powerpack: Loose): Promise<void> {
  const { body } = await world.must('GET', `Powerpack/${powerpack.uuid}/`);
  assert.deepEqual({ ...body, api_id: '' }, { ...powerpack, api_id: '' });
}

async function checkAdded({ world, answer, parameters, subject }: Happening, kind: string): Promise<void> {
  assert.equal(answer.body.number, subject);
  assert.equal(answer.body.number_pool_uuid, world.poolUuid);
  // What is rented for the pool takes what the number can carry.
  const isRented = String(parameters.rent ?? 'false') === 'true';
  assert.equal(answer.body.service, parameters.service ?? (isRented ? 'mms' : 'sms'));
  await checkStatus(world, `NumberPool/${world.poolUuid}/${kind}/${subject}/`, 200);
}

async function checkRemoved({ world, parameters, subject }: Happening, kind: string): Promise<void> {
  await checkStatus(world, `NumberPool/${world.poolUuid}/${kind}/${subject}/`, 404);
  await checkStatus(world, `Number/${subject}/`, isTrue(parameters.unrent) ? 404 : 200);
}

/** Checks the requested page, of a list of `total` objects. */
function checkPage({ answer, parameters }: Happening, total: number): void {
  const limit = Number(parameters.limit ?? 20);
  const offset = Number(parameters.offset ?? 0);
  const { meta, objects } = answer.body;
  assert.deepEqual([meta.limit, meta.offset, meta.total_count], [limit, offset, total]);
  assert.equal(objects.length, Math.max(0, Math.min(limit, total - offset)));
}

async function checkStatus(world: World, path: string, status: number): Promise<void> {
  assert.equal((await world.app.call('GET', path)).status, status, path);
}

function applicationPath(world: World, appId: string | null | undefined): string | null {
  return appId == null ? null : `/v1/Account/${world.app.account.authId}/Application/${appId}/`;
}

function isTrue(value: unknown): boolean {
  return ['true', '1'].includes(String(value).toLowerCase());
}
