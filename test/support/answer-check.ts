// Holds answers of the API to its published description, so that the description cannot lie.
import assert from 'node:assert/strict';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { ApiDescription, Operation, Response } from '../../src/api/reference/description.ts';
import type { JsonSchema } from '../../src/api/reference/published-schema.ts';
import { normaliseTarget } from '../../src/http/normalise-target.ts';

export interface GivenAnswer {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  readonly status: number;
  /** The body as it came; empty when there was none. */
  readonly text: string;
}

const isSpawned = /^\{"api_id":"[0-9a-f-]{36}","message":"async api spawned"\}$/;

/** Throws an assertion error when an answer is not what the description promises. */
export type AnswerCheck = (answer: GivenAnswer) => void;

/**
 * Makes the check. An answer has to be one of its operation's, with a body of just the described shape: nothing missing
 * and nothing that is not described. Errors, and answers of paths that are not described, have to be an `Error`.
 * What is not below `/v1/` is no part of the API and passes.
 */
export function makeAnswerCheck(description: ApiDescription): AnswerCheck {
  const closedSchemas = mapValues(description.components.schemas, closeParts);
  const validators = new Map<JsonSchema, ReturnType<typeof Compile>>();
  const validatorOf = (schema: JsonSchema) => {
    const known = validators.get(schema);
    if (known !== undefined) return known;
    const root = { components: { schemas: closedSchemas }, ...close(schema) };
    const made = Compile(root as TSchema);
    validators.set(schema, made);
    return made;
  };

  return ({ method, target, status, text }) => {
    // Any call of the vendor's is answered so where it names a `callback_url`.
    if (status === 200 && isSpawned.test(text)) return;
    const [path = ''] = normaliseTarget(target).split('?');
    if (!path.startsWith('/v1/') || method === 'HEAD') return;
    const what = `${method} ${path} answered ${status}`;
    const response = findResponse(description, findOperation(description, method, path), status);
    assert.ok(response !== undefined, `${what}, which its description does not know`);
    if (response.content !== undefined && 'text/event-stream' in response.content) return;
    const schema = response.content?.['application/json'].schema;
    if (schema === undefined) {
      assert.equal(text, '', `${what} with a body, which its description denies`);
      return;
    }
    const body: unknown = JSON.parse(text);
    const errors = validatorOf(schema).Errors(body);
    const complaint = errors
      .map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
      .join('; ');
    assert.equal(complaint, '', `${what} with a body that is not as described: ${text}`);
  };
}

/** Returns the operation of a path without a slash at the end. A path without an account means the caller's own. */
function findOperation(description: ApiDescription, method: string, path: string): Operation | undefined {
  const full = path.startsWith('/v1/Account/') ? path : path.replace('/v1/', '/v1/Account/own/');
  const segments = `${full}/`.split('/');
  const fits = (template: string) => {
    const wanted = template.split('/');
    return (
      wanted.length === segments.length &&
      wanted.every((part, at) => (part.startsWith('{') ? segments[at] !== '' : part === segments[at]))
    );
  };
  const found = Object.entries(description.paths).find(([template]) => fits(template));
  return found?.[1][method.toLowerCase()];
}

function findResponse(
  { components }: ApiDescription,
  operation: Operation | undefined,
  status: number,
): Response | undefined {
  const own = operation?.responses[status];
  const response = own ?? (status >= 400 ? (operation?.responses.default ?? failed) : undefined);
  if (response === undefined || !('$ref' in response)) return response;
  return components.responses[response.$ref.slice('#/components/responses/'.length)];
}

const failed = { $ref: '#/components/responses/Failed' };

/** Returns the same schema, refusing every property that it does not describe. */
function close(schema: JsonSchema): JsonSchema {
  const describesProperties =
    schema.$ref !== undefined || schema.allOf !== undefined || schema.properties !== undefined;
  return { ...closeParts(schema), ...(describesProperties ? { unevaluatedProperties: false } : {}) };
}

/** Closes what is below a schema. The schema itself stays open: what refers to it may add properties of its own. */
function closeParts(schema: JsonSchema): JsonSchema {
  const { items, properties, allOf, anyOf } = schema;
  return {
    ...schema,
    ...(items === undefined ? {} : { items: close(items) }),
    ...(properties === undefined ? {} : { properties: mapValues(properties, close) }),
    ...(allOf === undefined ? {} : { allOf: allOf.map(closeParts) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map(close) }),
  };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
