// The callback for the result of a request: `callback_url` and `callback_method`, which every call of the vendor's API accepts. Pure.
import { type Static, Type } from 'typebox';
import { ApiError } from '../base/errors.ts';
import type { Parameters } from './body.ts';
import { isCallableUrl, maxUrlLength } from './callable-url.ts';
import { parameterReader } from './parameters.ts';
import { HttpMethod } from './schemas.ts';

const readTarget = parameterReader(
  Type.Object({ callback_url: Type.String(), callback_method: Type.Optional(HttpMethod) }),
);

interface ResultTarget {
  readonly url: string;
  readonly method: Static<typeof HttpMethod>;
}

/**
 * Returns the callback for a request's result, by POST unless it says otherwise; `undefined` where the result is the response.
 * @throws ApiError invalid when no webhook can be sent there.
 */
export function readResultTarget(parameters: Parameters): ResultTarget | undefined {
  const { callback_url: given } = parameters;
  if (given === undefined || given === null || given === '') return undefined;
  const { callback_url: url, callback_method: method = 'POST' } = readTarget(parameters);
  if (!isCallableUrl(url)) {
    const rule = `an http or https URL of at most ${maxUrlLength} characters`;
    throw new ApiError('invalid', `callback_url must be ${rule}`);
  }
  return { url, method };
}
