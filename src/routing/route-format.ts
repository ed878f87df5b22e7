// Reads and writes routes as they stand in the file and in the API. The first mistake is named by its key and place. Pure.
import { z } from 'zod';
import { ApiError } from '../base/errors.ts';
import { carrierName } from '../carriers/carrier-name.ts';
import { complaintOf, issueInWords, placeOf } from '../carriers/complaint.ts';
import { isAlphanumericName } from '../telecom/alphanumeric.ts';
import { isCountry, isShortCode, parseE164 } from '../telecom/e164.ts';
import { networkSenderKinds } from '../telecom/sender.ts';
import type { Route, RouteMatch } from './route.ts';

/** The most carriers of a route beside the first. */
export const maxFallbacks = 7;

/** A route as it is written. */
const writtenRoute = z.strictObject({
  service: z.enum(['sms', 'mms']),
  carrier: carrierName,
  fallback: z.array(carrierName).max(maxFallbacks).default([]),
  number: z.string().optional(),
  kind: z.enum(networkSenderKinds).optional(),
  country: z
    .string()
    .refine((iso2): boolean => isCountry(iso2), 'must be a country code of ISO 3166-1, such as US')
    .optional(),
  powerpack: z.uuid('must be the uuid of a powerpack').optional(),
  account: z
    .string()
    .regex(/^(MA|SA)[A-Z0-9]{18}$/, 'must be the auth id of an account or subaccount')
    .optional(),
});

export type WrittenRoute = z.infer<typeof writtenRoute>;

/**
 * Returns the route that is written.
 * @param place where it stands, for the complaint: `routes[0]`; empty where it stands alone.
 * @throws ApiError invalid, naming the key and what it must be.
 */
export function readRoute(given: unknown, place: string): Route {
  const { success, data, error } = writtenRoute.safeParse(given, { error: issueInWords });
  if (!success) throw new ApiError('invalid', complaintOf(place, error.issues));
  const carriers = [data.carrier, ...data.fallback];
  if (new Set(carriers).size < carriers.length) {
    throw new ApiError('invalid', `${placeOf(place, ['fallback'])} must not name a carrier twice`);
  }
  return { service: data.service, match: readMatch(data, place), carriers };
}

/** Returns the route as it would be written. */
export function writeRoute({ service, match, carriers: [carrier = '', ...fallback] }: Route): WrittenRoute {
  return {
    service,
    carrier,
    fallback,
    number: match.number,
    kind: match.kind,
    country: match.countryIso2,
    powerpack: match.powerpackUuid,
    account: match.accountId,
  };
}

/** Reads the one thing that a route is for; a country may stand beside a short code and beside a kind. */
function readMatch({ number, kind, country, powerpack, account }: WrittenRoute, place: string): RouteMatch {
  const named = Object.entries({ number, kind, powerpack, account }).filter(
    ([, value]) => value !== undefined,
  );
  if (named.length > 1) {
    const keys = named.map(([key]) => key).join(' and ');
    throw new ApiError('invalid', `${place || 'the route'} is for one thing, and names ${keys}`);
  }
  const sender = number === undefined ? undefined : readSender(number, placeOf(place, ['number']));
  const mayNameCountry =
    powerpack === undefined && account === undefined && (sender === undefined || isShortCode(sender));
  if (country !== undefined && !mayNameCountry) {
    throw new ApiError(
      'invalid',
      `${placeOf(place, ['country'])} stands beside a short code, beside kind, or alone`,
    );
  }
  return {
    number: sender,
    kind,
    countryIso2: country,
    powerpackUuid: powerpack?.toLowerCase(),
    accountId: account,
  };
}

function readSender(written: string, place: string): string {
  if (isShortCode(written) || isAlphanumericName(written)) return written;
  const number = parseE164(written)?.number;
  if (number !== undefined) return number;
  throw new ApiError('invalid', `${place} must be a number in E.164, a short code, or an alphanumeric name`);
}
