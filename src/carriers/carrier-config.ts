// The entries of carriers, as the file of carriers and the API take them: each type says of its own what it may hold. Pure.
import type { z } from 'zod';
import { ApiError } from '../base/errors.ts';
import type { Service } from '../telecom/service.ts';
import { isSecretKey } from './carrier-secrets.ts';
import { complaintOf, issueInWords } from './complaint.ts';
import { checkBounds } from './entry-bounds.ts';
import { httpConfig } from './http/config.ts';
import { simulatorConfig, simulatorServices } from './simulator/config.ts';
import { smppConfig, smppServices } from './smpp/config.ts';
import { withSmppPreset } from './smpp/presets.ts';

/** The entry of each type. */
const configs = { smpp: smppConfig, http: httpConfig, simulator: simulatorConfig };

type CarrierType = keyof typeof configs;
export type CarrierConfig = z.output<(typeof configs)[CarrierType]>;

/** Every type of carrier; the first is meant where an entry names none. */
export const carrierTypes = Object.keys(configs) as readonly CarrierType[];

/** The entry of a carrier. */
export interface CarrierEntry {
  /** As it was written, with its type. Secrets stand in it in the clear. */
  readonly written: Readonly<Record<string, unknown>>;
  /** The same without secrets. */
  readonly shown: Readonly<Record<string, unknown>>;
  /** The checked entry with all defaults. */
  readonly config: CarrierConfig;
}

/**
 * Returns the entry of a carrier, checked.
 * @param place where it stands, for the complaint: `carriers[0]`.
 * @throws ApiError invalid, naming the key and what it must be.
 */
export function readCarrierEntry(given: unknown, place: string): CarrierEntry {
  if (!isObject(given)) throw new ApiError('invalid', `${place} must be an object`);
  checkBounds(given, place);
  const written = { type: carrierTypes[0], ...given };
  const type = carrierTypes.find((known) => known === written.type);
  if (type === undefined) {
    throw new ApiError('invalid', `${place}.type must be one of ${carrierTypes.join(', ')}`);
  }
  const completed = type === 'smpp' ? withSmppPreset(written) : written;
  const { success, data, error } = configs[type].safeParse(completed, { error: issueInWords });
  if (!success) throw new ApiError('invalid', complaintOf(place, error.issues));
  return { written, shown: withoutSecrets(written), config: data };
}

const withoutSecrets = (written: object) =>
  Object.fromEntries(Object.entries(written).filter(([key]) => !isSecretKey(key)));

const isObject = (given: unknown): given is object =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** Returns the services that a carrier takes. */
export function servicesOf(config: CarrierConfig): readonly Service[] {
  switch (config.type) {
    case 'simulator':
      return simulatorServices;
    case 'smpp':
      return smppServices;
    case 'http':
      return config.services;
  }
}

/** Why an entry is refused without a public URL, behind its place. */
export const noPublicUrl =
  'services has mms, whose files the carrier fetches from this server: set RUCKSACK_PUBLIC_URL, or leave mms out';

/** Returns whether a carrier fetches files from this server over the internet. One in a private network reaches it where it listens. */
export function needsPublicUrl(config: CarrierConfig): boolean {
  return config.type === 'http' && config.services.includes('mms') && !config.allowPrivate;
}
