// The names that the API gives to the log of requests: extensions, in the vendor's style.
import { type Static, Type } from 'typebox';
import { isoMicroseconds } from '../../http/schemas.ts';
import { LogMeta, logFiltersFromWire, logInput, nullable, Who, whoToWire } from '../log-wire.ts';
import type { ListedRequest } from './logged-request.ts';
import type { RequestFilters } from './request-store.ts';

const status = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 100, maximum: 599, description }));

export const ListRequestsInput = Type.Object({
  ...logInput('requests'),
  method: Type.Optional(
    Type.Enum(['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH'], {
      description: 'Only requests with this method.',
    }),
  ),
  status: status('Only requests that were answered with this status.'),
  status__gte: status('Only requests that were answered with this status or a higher one; 400: refusals.'),
  status__lt: status('Only requests that were answered with a lower status.'),
});

const content = (description: string) =>
  nullable(Type.Record(Type.String(), Type.Unknown(), { description }));

export const LoggedRequestBody = Type.Object({
  address: Type.String({ description: 'Address of the client.' }),
  answer: content(
    'The body of the answer, without secrets; null for one that was empty, and for what was read. `too_long` has the length of a long one.',
  ),
  api_id: Type.String({ description: 'Of the answer.' }),
  at: Type.String(),
  client: nullable(Type.String({ description: 'Header `User-Agent`.' })),
  duration_ms: Type.Integer({
    description: 'From the arrival of the request to its answer, in milliseconds.',
  }),
  method: Type.String(),
  parameters: content(
    'Of the query and the body, without secrets; texts are replaced by their lengths. Null where there were none, and where the credentials were refused.',
  ),
  path: Type.String({ description: 'Below the account; empty for the account itself.' }),
  status: Type.Integer(),
  subaccount: nullable(Type.String({ description: 'The subaccount that was asked for, if it was one.' })),
  who: nullable(Who),
});

export const RequestListBody = Type.Object({ meta: LogMeta, objects: Type.Array(LoggedRequestBody) });

/** @throws ApiError invalid for a time that is none. */
export function requestFiltersFromWire(input: Static<typeof ListRequestsInput>): RequestFilters {
  const { status, status__gte = 0, status__lt = 600 } = input;
  return {
    ...logFiltersFromWire(input),
    method: input.method,
    minStatus: Math.max(status ?? 0, status__gte),
    endStatus: Math.min(status === undefined ? 600 : status + 1, status__lt),
  };
}

export function requestToWire(request: ListedRequest) {
  return {
    address: request.address,
    answer: request.answer ?? null,
    api_id: request.id,
    at: isoMicroseconds(request.at),
    client: request.client ?? null,
    duration_ms: request.durationMs,
    method: request.method,
    parameters: request.parameters ?? null,
    path: request.path,
    status: request.status,
    subaccount: request.subaccountId ?? null,
    who: request.caller === undefined ? null : whoToWire(request.caller, request.callerName),
  };
}
