// The wire of retry schedules: extensions of messages and applications.
import { Type } from 'typebox';
import { ApiError } from '../base/errors.ts';
import { maxRetries, maxRetrySeconds, problemOfRetries } from './retry-schedule.ts';

/** Returns the schema of a retry schedule. */
export const retrySeconds = (about: string) =>
  Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: maxRetrySeconds }), {
      maxItems: maxRetries,
      separator: ',',
      description: `An extension: ${about}, such as \`60,3600,86400\`: up to ${maxRetries} retries, each at most a day after the attempt before, five days together.`,
    }),
  );

/** @throws ApiError invalid, naming the parameter. */
export function readRetrySeconds(
  name: string,
  given: readonly number[] | undefined,
): readonly number[] | undefined {
  if (given === undefined || given.length === 0) return undefined;
  const problem = problemOfRetries(given);
  if (problem !== undefined) throw new ApiError('invalid', `${name} ${problem}`);
  return given;
}
