// 10DLC campaigns: which messages go for one, and that all numbers of one together keep to its limits, in however many processes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { obtainPermits } from '../../src/campaigns/pace-store.ts';
import { makePowerpack, readMessage, seenOf, send, sendOne, stateOf } from '../support/messaging.ts';
import { startSharedServer } from '../support/shared-server.ts';

const { place, server } = await startSharedServer();

const secondMs = 1000;
const hourMs = 3600 * secondMs;

/** Makes a brand and a campaign of it for numbers that the account has. */
async function makeCampaign(
  numbers: readonly string[],
  { brand = {}, campaign = {} }: { readonly brand?: object; readonly campaign?: object } = {},
): Promise<{ readonly brandId: string; readonly campaignId: string }> {
  const brandMade = await server.call('POST', '10dlc/Brand/', { brand_alias: 'Acme', ...brand });
  assert.equal(brandMade.status, 202, brandMade.text);
  const brandId = brandMade.body.brand_id;
  const body = { brand_id: brandId, usecase: 'MIXED', ...campaign };
  const made = await server.call('POST', '10dlc/Campaign/', body);
  assert.equal(made.status, 202, made.text);
  const campaignId = made.body.campaign_id;
  const linked = await server.call('POST', `10dlc/Campaign/${campaignId}/Number/`, { numbers });
  assert.equal(linked.status, 200, linked.text);
  return { brandId, campaignId };
}

const people = (area: number, count: number) =>
  Array.from({ length: count }, (_, index) => `1${area}555${2000 + index}`).join('<');

const numbersOf = (area: number, count: number) =>
  Array.from({ length: count }, (_, index) => `1${area}55501${String(index).padStart(2, '0')}`);

describe('a message goes for a campaign', () => {
  test('when a number of it sends to the US, by a powerpack or by name, and the lists are filtered by it', async () => {
    const [number = ''] = numbersOf(201, 1);
    const { uuid } = await makePowerpack(server, 'for a campaign', [number]);
    const early = await sendOne(server, { powerpack_uuid: uuid, dst: '12015553000' });
    const { campaignId } = await makeCampaign([number]);
    const byPool = await sendOne(server, { powerpack_uuid: uuid, dst: '12015553001' });
    const byName = await sendOne(server, { src: number, dst: '12015553002' });
    const abroad = await sendOne(server, { src: number, dst: '14165553003' });
    const shown = async (id: string) => {
      const { tendlc_campaign_id: campaign, tendlc_registration_status: status } = await readMessage(
        server,
        id,
      );
      return `${campaign} ${status}`;
    };
    for (const id of [byPool, byName]) assert.equal(await shown(id), `${campaignId} registered`);
    for (const id of [early, abroad]) assert.equal(await shown(id), ' unregistered');
    const listed = async (query: string) => {
      const { body } = await server.call('GET', `Message/?from_number=${number}&${query}`);
      return body.objects.map((message: { message_uuid: string }) => message.message_uuid).sort();
    };
    assert.deepEqual(await listed(`tendlc_campaign_id=${campaignId}`), [byPool, byName].sort());
    assert.deepEqual(await listed('tendlc_registration_status=registered'), [byPool, byName].sort());
    assert.deepEqual(await listed('tendlc_registration_status=unregistered'), [early, abroad].sort());
    assert.deepEqual(await listed('tendlc_campaign_id=CNONE'), []);
    const { body } = await server.call('GET', `Number/?tendlc_campaign_id=${campaignId}`);
    assert.equal(body.meta.total_count, 1);
    await server.advance(hourMs);
  });

  test('of the number that sends it once its moment has come, or for none where that has none', async () => {
    const [first = '', second = '', third = ''] = numbersOf(219, 3);
    const { uuid, pool } = await makePowerpack(server, 'later', [first]);
    await makeCampaign([first]);
    const scheduled = async (dst: string) => {
      const sendAt = new Date(place.clock.now().getTime() + hourMs).toISOString();
      return sendOne(server, { powerpack_uuid: uuid, dst, send_at: sendAt });
    };
    const replace = async (old: string, by: string) => {
      await server.call('POST', `NumberPool/${pool}/Number/${by}/`, { rent: 'true', service: 'mms' });
      await server.call('DELETE', `NumberPool/${pool}/Number/${old}/`, { unrent: 'true' });
    };
    const campaignWhenSent = async (id: string) => {
      await server.advance(hourMs + 10 * secondMs);
      assert.equal(await stateOf(server, id), 'delivered 000');
      return (await readMessage(server, id)).tendlc_campaign_id;
    };
    const forAnother = await scheduled('12195553001');
    await replace(first, second);
    const { campaignId } = await makeCampaign([second]);
    assert.equal(await campaignWhenSent(forAnother), campaignId);
    const forNone = await scheduled('12195553002');
    await replace(second, third);
    assert.equal(await campaignWhenSent(forNone), '');
    const forFirst = await scheduled('12195553003');
    const later = await makeCampaign([third]);
    assert.equal(await campaignWhenSent(forFirst), later.campaignId);
  });

  test('which is explained before and after it is sent', async () => {
    const [number = ''] = numbersOf(202, 1);
    const { uuid } = await makePowerpack(server, 'explained', [number]);
    const { campaignId } = await makeCampaign([number], { brand: { vetting_score: 60 } });
    const { body } = await server.call('POST', `Powerpack/${uuid}/Explain/`, { dst: '12025553000' });
    assert.deepEqual(
      { ...body.campaign, day_ends_at: '' },
      {
        campaign_id: campaignId,
        segments_last_minute: 0,
        segments_per_minute: 2400,
        segments_today: 0,
        daily_segments: 40_000,
        day_ends_at: '',
      },
    );
    const abroad = await server.call('POST', `Powerpack/${uuid}/Explain/`, { dst: '14165553000' });
    assert.equal(abroad.body.campaign, null);
    const id = await sendOne(server, { powerpack_uuid: uuid, dst: '12025553000', text: 'x'.repeat(400) });
    await server.advance(secondMs);
    const explained = await server.call('GET', `Message/${id}/Explain/`);
    assert.deepEqual(
      [explained.body.campaign.campaign_id, explained.body.campaign.segments_today],
      [campaignId, 3],
    );
  });
});

describe('the numbers of a campaign together', () => {
  test('send no more in any 60 seconds than its limit, and at once what it allows', async () => {
    const numbers = numbersOf(203, 8);
    const { uuid } = await makePowerpack(server, 'a minute', numbers);
    await makeCampaign(numbers, { campaign: { segments_per_minute: 62 } });
    const ids = await send(server, { powerpack_uuid: uuid, dst: people(203, 150) });
    const waiting = await server.call('GET', `Message/${ids[100]}/Explain/`);
    assert.equal(waiting.body.waiting, null, 'its moment has not come');
    for (let passed = 0; passed < 160; passed += 1) await server.advance(secondMs);
    const moments = seenOf(server, ids).map(({ atMs }) => atMs);
    assert.ok(moments.length >= 150, `${moments.length} have gone`);
    for (const from of moments) {
      const inMinute = moments.filter((at) => at >= from && at < from + 60 * secondMs).length;
      assert.ok(inMinute <= 62, `${inMinute} in the minute from ${from}`);
    }
  });

  test('wait for the next day once the cap of the brand is reached, and fail with 420 where their time ends before', async () => {
    const numbers = numbersOf(205, 2);
    const { uuid } = await makePowerpack(server, 'a day', numbers);
    const { brandId } = await makeCampaign(numbers, { brand: { daily_segments: 12 } });
    const ids = await send(server, { powerpack_uuid: uuid, dst: people(205, 13) });
    await server.advance(60 * secondMs);
    assert.equal(seenOf(server, ids).length, 12);
    const queued: string[] = [];
    for (const id of ids) if ((await stateOf(server, id)) === 'queued') queued.push(id);
    const [late = ''] = queued;
    const { body } = await server.call('GET', `Message/${late}/Explain/`);
    assert.match(body.waiting, /^its brand has sent 12 of the 12 segments of the day, which ends at /);
    await server.call('POST', `10dlc/Brand/${brandId}/`, { daily_segments: 13 });
    await server.advance(60 * secondMs);
    assert.equal(seenOf(server, [late]).length, 1, 'a limit that is raised lets it go within a minute');
    const next = await sendOne(server, { powerpack_uuid: uuid, dst: '12055553999' });
    await server.advance(4 * hourMs);
    assert.equal(await stateOf(server, next), 'failed 420');
    await server.advance(24 * hourMs);
    const free = await sendOne(server, { powerpack_uuid: uuid, dst: '12055553998' });
    await server.advance(60 * secondMs);
    assert.equal(seenOf(server, [free]).length, 1);
  });

  test('share the limit between processes, and the cap between campaigns of a brand', async () => {
    const numbers = numbersOf(206, 2);
    await makePowerpack(server, 'processes', numbers);
    const { brandId, campaignId } = await makeCampaign(numbers.slice(0, 1), {
      brand: { daily_segments: 100 },
      campaign: { segments_per_minute: 40 },
    });
    const other = await server.call('POST', '10dlc/Campaign/', { brand_id: brandId, usecase: '2FA' });
    const now = new Date('2026-11-30T12:00:00Z');
    const accountId = server.account.authId;
    const ask = (campaign: string, at: Date) =>
      obtainPermits(place.db, [{ accountId, campaignId: campaign, sizes: Array(30).fill(1) }], at);
    const asked = await Promise.all(
      Array.from({ length: 90 }, (_, index) => ask(campaignId, new Date(now.getTime() + index * 600))),
    );
    const permitted = asked.flat().reduce((sum, permission) => sum + (permission?.segments ?? 0), 0);
    assert.ok(permitted <= 40 && permitted > 30, `${permitted} permitted in 54 seconds`);
    const ofOther = await ask(other.body.campaign_id, now);
    assert.ok((ofOther[0]?.segments ?? 0) > 0);
    const { body } = await server.call('GET', `10dlc/Campaign/${campaignId}/`);
    assert.equal(body.usage.daily_segments, 100);
  });

  test('are not held up by a campaign that was deleted', async () => {
    const numbers = numbersOf(207, 1);
    const { uuid } = await makePowerpack(server, 'deleted', numbers);
    const { brandId, campaignId } = await makeCampaign(numbers, { campaign: { segments_per_minute: 12 } });
    const ids = await send(server, { powerpack_uuid: uuid, dst: people(207, 20) });
    assert.equal((await server.call('DELETE', `10dlc/Campaign/${campaignId}/`)).status, 200);
    await server.advance(30 * secondMs);
    assert.equal(seenOf(server, ids).length, 20);
    assert.equal((await server.call('GET', `Number/${numbers[0]}/`)).body.tendlc_campaign_id, null);
    await server.call('DELETE', `10dlc/Brand/${brandId}/`);
    assert.equal((await server.call('GET', `10dlc/Brand/${brandId}/`)).status, 404);
  });
});

describe('bad input', () => {
  const cases: [what: string, path: string, body: object, status: number, error: RegExp][] = [
    ['a brand without a name', '10dlc/Brand/', {}, 400, /^brand_alias is required/],
    ['a score above 100', '10dlc/Brand/', { brand_alias: 'a', vetting_score: 101 }, 400, /^vetting_score/],
    [
      'a cap below one message',
      '10dlc/Brand/',
      { brand_alias: 'a', daily_segments: 11 },
      400,
      /^daily_segments/,
    ],
    ['a campaign of no brand', '10dlc/Campaign/', { brand_id: 'BNONE', usecase: 'MIXED' }, 400, /^brand_id/],
    ['a campaign without a use case', '10dlc/Campaign/', { brand_id: 'BNONE' }, 400, /^usecase is required/],
    [
      'numbers of an unknown campaign',
      '10dlc/Campaign/CNONE/Number/',
      { numbers: '12015550100' },
      404,
      /^campaign/,
    ],
  ];
  for (const [what, path, body, status, error] of cases) {
    test(`${what} is refused`, async () => {
      const answer = await server.call('POST', path, body);
      assert.deepEqual([answer.status, error.test(answer.body.error)], [status, true], answer.text);
    });
  }

  test('a number outside of the US, of another account or of another campaign is refused by name', async () => {
    for (const number of ['12085550100', '12085550101', '14165550100']) {
      await server.call('POST', `PhoneNumber/${number}/`);
    }
    const first = await makeCampaign(['12085550100']);
    const second = await makeCampaign(['12085550101']);
    const link = async (numbers: string) => {
      const path = `10dlc/Campaign/${second.campaignId}/Number/`;
      const { status, body } = await server.call('POST', path, { numbers });
      return [status, body.error];
    };
    assert.deepEqual(await link('14165550100'), [
      400,
      'numbers must be long codes of the US: 14165550100 is none',
    ]);
    assert.deepEqual(await link('12085550199'), [404, 'number 12085550199 not found in this account']);
    assert.deepEqual(await link('12085550100'), [
      409,
      `number 12085550100 belongs to the campaign ${first.campaignId}`,
    ]);
  });
});
