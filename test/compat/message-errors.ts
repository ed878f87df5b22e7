// Which error a message that is not sent gets.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { json } from './ask.ts';
import { ask, unknownUuid, world } from './harness.ts';
import { forSale, recipient, theNumber, theShortcode } from './world.ts';

const both =
  'Both powerpack_uuid and src cannot be specified. Specify either powerpack_uuid or src in request params to send a message.';
const neither = 'Specify either powerpack_uuid or src in request params to send a message.';
const notAllowed = 'This caller ID is not allowed for outbound message';
const nobody = 'no number available in the powerpack for this message';
const mms = { type: 'mms', media_urls: ['https://files.example.com/a.png'] };

/** Runs section 3.4 of wire-data-plane. */
export function describeMessageErrors(): void {
  describe('which error for which case (section 3.4)', () => {
    const cases: [what: string, status: number, error: string, parameters: () => object][] = [
      ['neither sender given', 400, neither, () => ({ src: undefined })],
      ['both given', 400, both, () => ({ powerpack_uuid: world.powerpackUuid })],
      [
        'WhatsApp without src',
        400,
        'src parameter not present',
        () => ({ src: undefined, type: 'whatsapp' }),
      ],
      ['WhatsApp', 400, 'type must be sms or mms: this server has no WhatsApp', () => ({ type: 'whatsapp' })],
      ['destination malformed', 400, "'14155' is not a valid phone number.", () => ({ dst: '+1 (415) 5' })],
      ['all destinations malformed', 400, "'1' is not a valid phone number.", () => ({ dst: '1<2<nobody' })],
      ['src is nobody’s', 400, notAllowed, () => ({ src: forSale })],
      ['src is a name', 400, notAllowed, () => ({ src: 'Rucksack' })],
      [
        'src is a short code of another country',
        400,
        notAllowed,
        () => ({ src: theShortcode, dst: '16135550150' }),
      ],
      [
        'src without a letter or digit',
        400,
        'src must be a phone number or a short code',
        () => ({ src: '+-' }),
      ],
      ['src is the destination', 400, 'src and dst must be different', () => ({ dst: theNumber })],
      ['src cannot send pictures', 400, 'src cannot send mms', () => ({ src: theShortcode, ...mms })],
      ['unknown powerpack', 404, 'powerpack not found', () => byPowerpack(unknownUuid)],
      ['no powerpack at all', 404, 'powerpack not found', () => byPowerpack('powerpack')],
      [
        'empty pool',
        400,
        `${nobody}: the number pool of the powerpack is empty`,
        () => byPowerpack(emptyPowerpack),
      ],
      [
        'no member reaches the country',
        400,
        `${nobody}: no member of the number pool that can send sms reaches GB; it has short codes (US)`,
        () => ({ ...byPowerpack(shortcodesOnly), dst: '442071838750' }),
      ],
      [
        'no member sends the service',
        400,
        `${nobody}: no member of the number pool can send mms`,
        () => ({ ...byPowerpack(shortcodesOnly), ...mms }),
      ],
      ['missing dst', 400, 'dst parameter not present', () => ({ dst: null })],
      ['empty dst', 400, 'dst parameter not present', () => ({ dst: '' })],
      ['missing text', 400, 'text parameter not present', () => ({ text: undefined })],
      ['empty text', 400, 'text parameter not present', () => ({ text: '' })],
      ['missing media', 400, 'media parameter not present', () => ({ type: 'mms', text: undefined })],
      [
        'message_expiry too short',
        400,
        'message_expiry must be a whole number from 5 to 10800',
        () => ({ message_expiry: 4 }),
      ],
      [
        'message_expiry too long',
        400,
        'message_expiry must be a whole number from 5 to 10800',
        () => ({ message_expiry: 10801 }),
      ],
      [
        'message_expiry no number',
        400,
        'message_expiry must be a whole number from 5 to 10800',
        () => ({ message_expiry: 'soon' }),
      ],
      ['method', 400, 'method must be one of GET, POST', () => ({ method: 'PUT' })],
      ['type', 400, 'type must be one of sms, mms, whatsapp', () => ({ type: 'fax' })],
      ['log', 400, 'log must be one of true, false, content_only, number_only', () => ({ log: 'none' })],
      [
        'url',
        400,
        'url must be an http or https URL of at most 2048 characters',
        () => ({ url: 'example.com' }),
      ],
      [
        'media_urls: no URL',
        400,
        'media_urls[0] must be an http or https URL of at most 2048 characters',
        () => ({ ...mms, media_urls: ['a.png'] }),
      ],
      [
        'media_urls: too many',
        400,
        'media_urls must be a list of at most 10 entries',
        () => ({ ...mms, media_urls: Array(11).fill(mms.media_urls[0]) }),
      ],
      [
        'media_urls and media_ids: too many',
        400,
        'media_urls and media_ids must be at most 10 together',
        () => ({ ...mms, media_ids: Array(10).fill(world.mediaId) }),
      ],
      [
        'media_ids: unknown',
        400,
        `media_ids: there is no media ${unknownUuid}`,
        () => ({ ...mms, media_ids: [unknownUuid] }),
      ],
      [
        'text too long for GSM-7',
        400,
        'text parameter length exceeds 1600 GSM characters',
        () => ({ text: '€'.repeat(801) }),
      ],
      [
        'text too long for UCS-2',
        400,
        'text parameter length exceeds 737 unicode characters',
        () => ({ text: '😀'.repeat(369) }),
      ],
      [
        'too many destinations',
        400,
        'dst must hold at most 1000 destinations',
        () => ({ dst: Array.from({ length: 1001 }, (_, index) => 14155551000 + index).join('<') }),
      ],
    ];
    const byPowerpack = (uuid: string) => ({ src: undefined, powerpack_uuid: uuid });
    let emptyPowerpack = '';
    let shortcodesOnly = '';

    for (const [what, status, error, parameters] of cases) {
      test(`${what}: ${status}`, async () => {
        emptyPowerpack = (await world.must('POST', 'Powerpack/', { name: 'empty' })).body.uuid;
        const { uuid, number_pool } = (await world.must('POST', 'Powerpack/', { name: 'codes' })).body;
        await world.must('POST', `${number_pool}Shortcode/77777/`);
        shortcodesOnly = uuid;
        const before = await messageCount();
        const body = { src: theNumber, dst: recipient, text: 'hello', ...parameters() };
        const answer = await ask('POST', 'Message/', json(body));
        assert.deepEqual([answer.status, answer.body.error], [status, error]);
        assert.equal(await messageCount(), before, 'nothing is stored');
      });
    }

    test('bad credentials: 401', async () => {
      for (const as of [null, { ...world.app.account, authToken: 'wrong' }]) {
        const { status, body } = await ask('POST', 'Message/', { ...json({ dst: recipient }), as });
        assert.deepEqual([status, body.error], [401, 'invalid auth_id or auth_token']);
      }
    });

    test('a powerpack or number of another account is none', async () => {
      const stranger = await world.app.makeAccount('Stranger');
      const sendAs = (sender: object) =>
        ask('POST', 'Message/', { ...json({ ...sender, dst: recipient, text: 'x' }), as: stranger });
      const powerpack = await sendAs({ powerpack_uuid: world.powerpackUuid });
      const number = await sendAs({ src: theNumber });
      const code = await sendAs({ src: theShortcode });
      assert.deepEqual([powerpack.status, powerpack.body.error], [404, 'powerpack not found']);
      for (const { status, body } of [number, code])
        assert.deepEqual([status, body.error], [400, notAllowed]);
    });
  });
}

async function messageCount(): Promise<number> {
  const [row] = await world.app.app.db.query<{ count: number }>(
    'select count(*)::integer as count from messages',
  );
  return row?.count ?? 0;
}
