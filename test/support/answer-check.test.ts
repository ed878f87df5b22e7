// The check of answers must be able to fail: each way in which a description could lie.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeApi } from '../../src/api/reference/openapi.ts';
import { routes } from '../../src/api/routes.ts';
import { makeAnswerCheck } from './answer-check.ts';

const description = describeApi(routes, 'test', undefined);
const check = makeAnswerCheck(description);
const powerpacks = '/v1/Account/MADEMO00000000000001/Powerpack/';
const example = description.paths['/v1/Account/{auth_id}/Powerpack/']?.post?.responses[200];
assert.ok(example !== undefined && 'content' in example);
const powerpack = example.content?.['application/json']?.example as {
  name?: string;
  api_id?: string;
  number_priority: object;
};
const { name: _name, ...nameless } = powerpack;
const { api_id: _apiId, ...listed } = powerpack;
const meta = { limit: 20, next: null, offset: 0, previous: null, total_count: 1 };
const list = (item: object) => ({ api_id: 'x', meta, objects: [item] });
const error = { api_id: 'x', error: 'no' };

const right: [what: string, method: string, target: string, status: number, body: object | undefined][] = [
  ['an answer as described', 'POST', powerpacks, 200, powerpack],
  ['any number of slashes and a query', 'GET', `${powerpacks}//?limit=1`, 200, list(listed)],
  ['no body where none is described', 'DELETE', `${powerpacks}u/`, 204, undefined],
  ['an error that is listed', 'POST', powerpacks, 409, error],
  ['an error that is not listed', 'POST', powerpacks, 503, error],
  ['an error of an unknown path', 'GET', '/v1/Nothing/', 404, error],
  [
    'a path that names no account',
    'GET',
    '/v1/PhoneNumber/?country_iso=US',
    200,
    { api_id: 'x', meta, objects: [] },
  ],
  ['a page beside the API', 'GET', '/healthz', 200, { status: 'ok' }],
];

for (const [what, method, target, status, body] of right) {
  test(`passes: ${what}`, () => check({ method, target, status, text: JSON.stringify(body) ?? '' }));
}

const wrong: [what: string, method: string, target: string, status: number, body: object | undefined][] = [
  ['a status that is not described', 'POST', powerpacks, 202, powerpack],
  ['a property missing', 'POST', powerpacks, 200, nameless],
  ['a property of another type', 'POST', powerpacks, 200, { ...powerpack, name: 1 }],
  ['a property that is not described', 'POST', powerpacks, 200, { ...powerpack, colour: 'red' }],
  [
    'the same deep below',
    'POST',
    powerpacks,
    200,
    { ...powerpack, number_priority: [{ ...Object.values(powerpack.number_priority)[0], colour: 'red' }] },
  ],
  ['api_id missing', 'POST', powerpacks, 200, { ...powerpack, api_id: undefined }],
  ['a property of a list that is not described', 'GET', powerpacks, 200, { ...list(listed), more: true }],
  ['an object of a list with too much', 'GET', powerpacks, 200, list({ ...listed, colour: 'red' })],
  ['a body where none is described', 'DELETE', `${powerpacks}u/`, 204, powerpack],
  ['an error that tells too much', 'POST', powerpacks, 409, { ...error, stack: 'at …' }],
  ['a success of an unknown path', 'GET', '/v1/Nothing/', 200, powerpack],
];

for (const [what, method, target, status, body] of wrong) {
  test(`fails: ${what}`, () => {
    assert.throws(
      () => check({ method, target, status, text: JSON.stringify(body) ?? '' }),
      assert.AssertionError,
    );
  });
}
