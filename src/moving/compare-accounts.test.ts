// The comparison of an account with its copy, as tables.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareResources, dropUnknownApplications } from './compare-accounts.ts';
import type { Kind, Resource } from './resource.ts';
import { resourceFromWire } from './resource-wire.ts';

const resource = (fields: Resource['fields'], kind: Kind = 'number', owner?: string): Resource => ({
  kind,
  id: '14155552000',
  label: '14155552000',
  owner,
  fields,
});

describe('a comparison', () => {
  const rows: [what: string, there: Resource['fields'], here: Resource['fields'], expected: string[]][] = [
    ['the same', { alias: 'a' }, { alias: 'a' }, []],
    ['another value', { alias: 'a' }, { alias: 'b' }, ['alias: a, b']],
    ['a value that is missing here', { alias: 'a' }, {}, ['alias: a, none']],
    ['a value that is missing there', {}, { alias: 'b' }, ['alias: none, b']],
    ['a region that only the server here knows', {}, { region: 'Texas' }, []],
    ['another day', { added_on: '2026-01-01' }, { added_on: '2026-01-02' }, []],
    ['lists in another order', { number_priority: [1, 2] }, { number_priority: [2, 1] }, []],
    ['objects in another order', { x: { a: 1, b: 2 } }, { x: { b: 2, a: 1 } }, []],
    [
      'a token, which is not shown',
      { auth_token: 'one' },
      { auth_token: 'two' },
      ['auth_token: another, another'],
    ],
  ];
  for (const [what, there, here, expected] of rows) {
    test(what, () => {
      const [step] = compareResources([resource(there)], [resource(here)]);
      assert.deepEqual(
        step?.differences.map(({ field, there: a, here: b }) => `${field}: ${a}, ${b}`),
        expected,
      );
      assert.equal(step?.standing, expected.length === 0 ? 'equal' : 'different');
    });
  }

  test('a resource that is not here is missing; another kind with the same id is not it', () => {
    const steps = compareResources([resource({})], [resource({}, 'member')]);
    assert.deepEqual(
      steps.map(({ standing }) => standing),
      ['missing'],
    );
  });

  test('another owner is a difference', () => {
    const [step] = compareResources([resource({}, 'powerpack', 'SA1')], [resource({}, 'powerpack')]);
    assert.deepEqual(step?.differences, [{ field: 'owner', there: 'SA1', here: 'main account' }]);
  });
});

test('an application that is not listed is taken off its number and its powerpack, which is noted', () => {
  const { resources, notes } = dropUnknownApplications([
    resource({ app_id: 'gone', alias: 'a' }),
    resource({ application_id: 'gone', application_type: 'PHLO', name: 'p' }, 'powerpack'),
    resource({ app_id: '14155552000' }, 'application'),
    resource({ app_id: '14155552000' }),
  ]);
  assert.deepEqual(
    resources.map(({ fields }) => fields),
    [{ alias: 'a' }, { name: 'p' }, { app_id: '14155552000' }, { app_id: '14155552000' }],
  );
  assert.equal(notes.length, 2);
});

describe('an object of the vendor', () => {
  const account = '/v1/Account/MAXXXXXXXXXXXXXXXXXX';
  test('a number, whose references are paths, is read with ids', () => {
    const { id, label, fields } = resourceFromWire(
      'number',
      {
        number: '14155550123',
        alias: 'west',
        application: `${account}/Application/27418830265017943/`,
        sub_account: `${account}/Subaccount/SADEMO00000000000007/`,
        number_type: 'local',
        sms_enabled: true,
        mms_enabled: false,
        voice_rate: '0.00850',
        city: null,
      },
      undefined,
    );
    assert.deepEqual([id, label], ['14155550123', '14155550123 "west"']);
    assert.deepEqual(fields, {
      number: '14155550123',
      alias: 'west',
      app_id: '27418830265017943',
      subaccount: 'SADEMO00000000000007',
      number_type: 'local',
      sms_enabled: true,
      mms_enabled: false,
    });
  });

  test('an application without a type is XML, and has the defaults that the list leaves out', () => {
    const { fields } = resourceFromWire(
      'application',
      { app_id: '27418830265017943', app_name: 'a' },
      undefined,
    );
    assert.deepEqual(
      [fields.application_type, fields.message_method, fields.public_uri],
      ['XML', 'POST', false],
    );
  });

  test('one that cannot be read is refused by its field', () => {
    assert.throws(
      () =>
        resourceFromWire(
          'powerpack',
          { uuid: 'x', name: 'p', number_pool: `${account}/NumberPool/y/` },
          undefined,
        ),
      /^ApiError: uuid must be a UUID$/,
    );
  });
});
