// Failures: why messages did not arrive, counted by what they have in common; and the health of one number over time. Extensions.
import { ApiError } from '../../base/errors.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { isShortCode, parseE164 } from '../../telecom/e164.ts';
import { readFilters } from '../filters-wire.ts';
import { countFailures, type Failures } from './failure-store.ts';
import {
  bucketKindFromWire,
  FailureBody,
  FailureInput,
  failuresToWire,
  NumberHealthBody,
  NumberHealthPath,
  numberHealthToWire,
} from './failure-wire.ts';
import { loadNumberHours } from './number-health.ts';

export const countFailuresEndpoint = defineEndpoint({
  summary: 'Count failures by their reasons',
  description:
    'Outbound messages that failed or were undelivered, by error code, also over time, sender, powerpack and area code, with the filters of the list of messages. Without a filter on `message_time`, those of the last 24 hours.',
  extension: true,
  input: FailureInput,
  mayLag: true,
  answers: { 200: FailureBody },
  async handle({ db, scope, input, now }) {
    const filters = readFilters(input, now);
    const failures =
      filters === undefined ? nothing : await countFailures(db, scope, filters, bucketKindFromWire(input));
    return { status: 200, body: failuresToWire(failures) };
  },
});

const nothing: Failures = {
  messages: 0,
  firstCountedAt: undefined,
  codes: [],
  buckets: [],
  senders: [],
  powerpacks: [],
  areas: [],
};

export const getNumberHealthEndpoint = defineEndpoint({
  summary: "Retrieve a number's health over time",
  description: "The outcomes of the number's messages by the hour in which they were reported, for two days.",
  extension: true,
  path: NumberHealthPath,
  mayLag: true,
  answers: { 200: NumberHealthBody },
  async handle({ db, scope, path, now }) {
    const number = parseE164(path.number)?.number ?? (isShortCode(path.number) ? path.number : undefined);
    const hours = number === undefined ? undefined : await loadNumberHours(db, scope, number, now);
    if (number === undefined || hours === undefined) throw new ApiError('notFound', 'number not found');
    return { status: 200, body: numberHealthToWire(number, hours) };
  },
});
