// The OpenAPI 3.1 description of the API, made from the route list and from the schemas that validate.
import { STATUS_CODES } from 'node:http';
import { errorKinds } from '../../base/errors.ts';
import { type Endpoint, isStream } from '../../http/endpoint.ts';
import type { EventStreamSchema } from '../../http/event-stream.ts';
import type { FileField } from '../../http/multipart.ts';
import type { Method, Route } from '../routes.ts';
import type {
  ApiDescription,
  EventContent,
  FormContent,
  JsonContent,
  Operation,
  Parameter,
  Response,
} from './description.ts';
import { operationName } from './names.ts';
import { type JsonSchema, publishSchema, type Reference, referTo } from './published-schema.ts';
import { sampleAnswer, sampleRequest } from './samples.ts';
import { SchemaRegistry } from './schema-registry.ts';
import { sectionOf, sections } from './sections.ts';

const about = `Plivo's messaging API, served by Rucksack, for every Plivo SDK.

Requests are authenticated with HTTP Basic: the auth id of an account or subaccount, and its auth token. A main account may act for its subaccounts; for all others an account's resources do not exist (404).

Parameters are described as JSON. They are read just as well from \`application/x-www-form-urlencoded\` and \`multipart/form-data\` bodies and, on every method, from the query string; where both name a parameter the body wins. Booleans may be written \`true\`, \`"True"\`, \`1\` or \`"1"\`, numbers as text, enumerations in any case. \`null\`, \`""\` and \`[]\` mean "not given" unless a parameter says otherwise, and unknown parameters are ignored. Slashes at the end of a path do not count.

Every answer with a body carries an \`api_id\`, which is also in the server's log. Lists have at most 20 objects a page.

A POST or DELETE with an \`Idempotency-Key\` header is carried out once, however often it is sent: within 24 hours the same account's same request gets the first answer again, unchanged, with the header \`Idempotent-Replayed: true\`. This applies to successes and to the errors 400, 403, 404 and 409; other errors leave nothing behind, and a repetition is carried out. Another method, path, query or body under the same key is answered 409, and so is a repetition while the first request has not ended within 10 seconds.

A request that names a \`callback_url\` (and a \`callback_method\`, POST by default) is carried out at once and answered 200 with \`{"api_id": …, "message": "async api spawned"}\`. Its result is sent there, signed and repeated like every callback: each member of the answer described here is a parameter, lists and objects as JSON and \`null\` as an empty text, with the answer's status in \`status_code\`. The errors 400, 403, 404 and 409 are called back as well, all others answered directly. Tokens are left out. Extensions refuse the parameter.

Where the server has a standby to read from, lists of messages, callbacks and changes, conversations and counts (\`x-may-lag\`) may be a moment old.

Operations marked as extensions are Rucksack's own; no SDK needs them. A method that a path does not have is answered 405.`;

/** Errors that every request may get: name of the component → kind of error. */
const failures = {
  Invalid: errorKinds.invalid,
  Unauthorised: errorKinds.unauthorised,
  NotFound: errorKinds.notFound,
  Conflict: errorKinds.conflict,
  TooLarge: errorKinds.tooLarge,
  TooMany: errorKinds.tooMany,
} as const;

type FailureName = keyof typeof failures;

/** Reading changes nothing, so it has no conflicts, and no body that could be too large. */
const failuresOf: Readonly<Record<Method, readonly FailureName[]>> = {
  GET: ['Invalid', 'Unauthorised', 'NotFound', 'TooMany'],
  POST: ['Invalid', 'Unauthorised', 'NotFound', 'Conflict', 'TooLarge', 'TooMany'],
  DELETE: ['Invalid', 'Unauthorised', 'NotFound', 'Conflict', 'TooLarge', 'TooMany'],
};

/**
 * Returns `routes` as an OpenAPI 3.1 document. A path without an account is left out: it repeats another one for a single SDK's
 * mistake.
 * @param version that of the server.
 * @param serverUrl the URL of the server; without one, paths are relative to the document's own URL.
 */
export function describeApi(
  routes: readonly Route[],
  version: string,
  serverUrl: string | undefined,
): ApiDescription {
  const schemas = new SchemaRegistry();
  const described = routes.filter(({ path }) => path.includes('/:auth_id'));
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of described) {
    const path = publishedPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeOperation(route, schemas) };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Rucksack', version, description: about },
    servers: [{ url: serverUrl ?? '/' }],
    security: [{ basicAuth: [] }],
    tags: sections,
    paths,
    components: {
      schemas: schemas.sorted(),
      responses: describeFailures(),
      securitySchemes: {
        basicAuth: { type: 'http', scheme: 'basic', description: 'Auth id and auth token of an account.' },
      },
    },
  };
}

/** Returns `/v1/Account/{auth_id}/Powerpack/` for `/v1/Account/:auth_id/Powerpack`: SDKs send the slash at the end. */
export function publishedPath(path: string): string {
  return `${path.replace(/:(\w+)/g, '{$1}')}/`;
}

function describeOperation(route: Route, schemas: SchemaRegistry): Operation {
  const { endpoint } = route;
  const parameters = describeParameters(route);
  const body = route.method === 'GET' ? undefined : describeBody(endpoint, schemas);
  return {
    operationId: operationName(endpoint),
    tags: [sectionOf(route.path)],
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    ...(endpoint.extension ? { 'x-extension': true } : {}),
    ...(endpoint.mayLag ? { 'x-may-lag': true } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: {
      ...describeAnswers(endpoint, schemas),
      ...Object.fromEntries(
        failuresOf[route.method].map((name) => [String(failures[name].status), referToResponse(name)]),
      ),
      ...(endpoint.files === undefined
        ? {}
        : { [errorKinds.tooLarge.status]: referToResponse('FilesTooLarge') }),
      default: referToResponse('Failed'),
    },
  };
}

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A name for this request: sent again under it within 24 hours, it gets the first answer again.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const lastEventId: Parameter = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The `id` of the last event that was read: what came after it comes first.',
  schema: { type: 'string' },
};

const noReference: Reference = () => undefined;

function describeParameters({ method, path, endpoint }: Route): Parameter[] {
  const account = { type: 'string', description: 'Auth id of the account, or of a subaccount of it.' };
  const segments = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const input = method === 'GET' ? endpoint.input : undefined;
  return [
    ...segments.map((name) =>
      describeParameter('path', name, endpoint.path.properties[name] ?? account, true),
    ),
    ...Object.entries(input?.properties ?? {}).map(([name, schema]) =>
      describeParameter('query', name, schema, input?.required?.includes(name) === true),
    ),
    ...(isStream(endpoint) ? [lastEventId] : []),
    ...(method === 'GET' || endpoint.outsideDatabase ? [] : [idempotencyKey]),
  ];
}

function describeParameter(
  place: Parameter['in'],
  name: string,
  validating: object,
  required: boolean,
): Parameter {
  const { description, ...schema } = publishSchema(validating, noReference);
  return { name, in: place, required, ...(description === undefined ? {} : { description }), schema };
}

function describeBody({ input, files }: Endpoint, schemas: SchemaRegistry): Operation['requestBody'] {
  if (files !== undefined) return { required: true, content: describeFiles(files) };
  if (Object.keys(input.properties).length === 0) return undefined;
  const schema = schemas.place(input);
  const example = sampleRequest(schema, schemas.resolve);
  return {
    required: (input.required ?? []).length > 0,
    content: {
      'application/json': { schema, ...(Object.keys(example as object).length === 0 ? {} : { example }) },
    },
  };
}

function describeFiles({ field, maxFiles, maxBytes }: FileField): FormContent {
  const description = `1 to ${maxFiles} files of at most ${maxBytes / 2 ** 20} MiB, all under this name.`;
  const items: JsonSchema = { type: 'string', format: 'binary' };
  const properties = { [field]: { type: 'array', description, maxItems: maxFiles, items } };
  return { 'multipart/form-data': { schema: { type: 'object', required: [field], properties } } };
}

function describeAnswers({ answers }: Endpoint, schemas: SchemaRegistry): Record<string, Response> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, body]) => {
      const description = STATUS_CODES[status] ?? 'Done';
      if (body === null) return [status, { description }];
      if ('events' in body) return [status, { description, content: describeEvents(body, schemas) }];
      const schema = { allOf: [referTo('Answer'), schemas.place(body)] };
      const example = sampleAnswer(schema, schemas.resolve);
      return [status, { description, content: { 'application/json': { schema, example } } }];
    }),
  );
}

function describeEvents({ events }: EventStreamSchema, schemas: SchemaRegistry): EventContent {
  const data = Object.entries(events).map(([name, schema]) => [name, schemas.place(schema)]);
  const schema = { type: 'string', description: 'Server-sent events; the data of each is JSON.' };
  return { 'text/event-stream': { schema, 'x-events': Object.fromEntries(data) } };
}

function describeFailures(): Record<string, Response> {
  const content: JsonContent = { 'application/json': { schema: referTo('Error') } };
  const retryAfter = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } };
  const named = Object.entries(failures).map(([name, { sentence }]): [string, Response] => [
    name,
    {
      description: `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`,
      ...(name === 'TooMany' ? { headers: retryAfter } : {}),
      content,
    },
  ]);
  return {
    ...Object.fromEntries(named),
    FilesTooLarge: { description: 'The request body is larger than its files may be.', content },
    Failed: { description: 'The request could not be served.', content },
  };
}

const referToResponse = (name: string) => ({ $ref: `#/components/responses/${name}` });
