// Extensions refuse unknown parameters; the vendor's own requests ignore them, as the vendor does.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestApp, type TestApp } from '../../test/support/app.ts';
import { routes } from './routes.ts';

const uuid = '0198a000-0000-7000-8000-000000000001';
const segments: Readonly<Record<string, string>> = {
  number: '12025550123',
  destination: '12025550123',
  powerpack_uuid: uuid,
  number_pool_uuid: uuid,
  shortcode: '56789',
  message_uuid: uuid,
  webhook_uuid: uuid,
  carrier_name: 'smsc',
  route_id: uuid,
  snapshot_name: 'start',
  key_id: 'MAAAAAAAAAAAAAAAAAAA',
  brand_id: 'BACME01',
  name: 'ACME',
  alphanumeric_uuid: uuid,
};

describe('an unknown parameter', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp({ RUCKSACK_VIRTUAL_CLOCK: 'on' });
  });
  after(() => app.stop());

  const pathOf = (path: string) =>
    path.replace(/:(\w+)/g, (_, name: string) => {
      const segment = name === 'auth_id' ? app.account.authId : segments[name];
      assert.ok(segment !== undefined, `a segment for ${name}`);
      return segment;
    });

  for (const { method, path, endpoint } of routes.filter(({ endpoint }) => endpoint.extension)) {
    test(`is refused by ${method} ${path}`, async () => {
      const inQuery = await app.call(method, `${pathOf(path)}/?colour=red`);
      assert.deepEqual(
        [inQuery.status, String(inQuery.body?.error).split(':')[0]],
        [400, 'colour is not a parameter of this call'],
      );
      for (const name of Object.keys(endpoint.input.properties)) {
        assert.match(inQuery.body.error, new RegExp(`\\b${name}\\b`));
      }
      if (method === 'GET') return;
      const inBody = await app.call(method, `${pathOf(path)}/`, { colour: 'red' });
      assert.deepEqual([inBody.status, inBody.body.error], [400, inQuery.body.error]);
    });
  }

  test('is ignored by the vendor’s requests', async () => {
    const vendors = routes.filter(({ method, path, endpoint }) => {
      const isBare = !path.split('/:auth_id')[1]?.includes(':');
      return method === 'GET' && !endpoint.extension && isBare && !path.includes('PhoneNumber');
    });
    assert.ok(vendors.length >= 6);
    for (const { path } of vendors) {
      const { status } = await app.call('GET', `${pathOf(path)}/?colour=red&colour=blue`);
      assert.equal(status, 200, path);
    }
  });

  test('a list of the simulator with a misspelt filter is refused, not answered in full', async () => {
    const { status, body } = await app.call('GET', 'Simulator/Submission/?dst=12025550123');
    assert.equal(status, 400);
    assert.match(body.error, /^dst is not a parameter of this call: there are message_uuid, limit, offset$/);
  });
});
