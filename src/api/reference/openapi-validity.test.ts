// The description against the schema that the OpenAPI specification publishes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { routes } from '../routes.ts';
import { describeApi } from './openapi.ts';

async function validate(document: object) {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(document) as Record<string, unknown>);
  return { valid, version: validator.version, errors };
}

test('the description is valid OpenAPI 3.1', async () => {
  const { valid, version, errors } = await validate(describeApi(routes, '1.2.3', undefined));
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(version, '3.1');
});

test('a description without its title would not be', async () => {
  const { info, ...description } = describeApi(routes, '1.2.3', undefined);
  const { valid } = await validate({ ...description, info: { ...info, title: undefined } });
  assert.equal(valid, false);
});
