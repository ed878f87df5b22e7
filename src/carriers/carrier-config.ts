// The entries of carriers, as the file of carriers and the API take them: each type says of its own what it may hold. Pure.
import { z } from 'zod';
import { ApiError } from '../base/errors.ts';
import type { Service } from '../telecom/service.ts';
import { complaintOf, issueInWords } from './complaint.ts';
import { simulatorConfig, simulatorServices } from './simulator/config.ts';

/** The types of carriers; the first is meant where an entry names none. */
const configs = z.discriminatedUnion('type', [simulatorConfig]);
const standardType = 'smpp';

export type CarrierConfig = z.infer<typeof configs>;

/**
 * Returns the entry of a carrier with all its defaults.
 * @param place where it stands, for the complaint: `carriers[0]`.
 * @throws ApiError invalid, naming the key and what it must be.
 */
export function readCarrierConfig(given: unknown, place: string): CarrierConfig {
  const entry = isObject(given) ? { type: standardType, ...given } : given;
  const { success, data, error } = configs.safeParse(entry, { error: issueInWords });
  if (success) return data;
  throw new ApiError('invalid', complaintOf(place, error.issues));
}

const isObject = (given: unknown): given is object =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** Returns the services that a carrier takes. */
export function servicesOf({ type }: CarrierConfig): readonly Service[] {
  switch (type) {
    case 'simulator':
      return simulatorServices;
  }
}
