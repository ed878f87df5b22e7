// Where the result of a request is called back: `callback_url` and `callback_method`, which every call of the vendor's knows. Pure.
import { type Static, Type } from 'typebox';
import { ApiError } from '../base/errors.ts';
import type { Parameters } from './body.ts';
import { isCallableUrl, maxUrlLength } from './callable-url.ts';
import { parameterReader } from './parameters.ts';
import { HttpMethod } from './schemas.ts';

const readTarget = parameterReader(
  Type.Object({ callback_url: Type.String(), callback_method: Type.Optional(HttpMethod) }),
);

export interface ResultTarget {
  readonly url: string;
  readonly method: Static<typeof HttpMethod>;
}

/**
 * Returns where the result of a request is called back, by POST unless it says otherwise; `undefined` where it is answered directly.
 * @throws ApiError invalid when nothing can be called there.
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
