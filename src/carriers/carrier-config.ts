// The entries of carriers, as the file of carriers and the API take them: each type says of its own what it may hold. Pure.
import { z } from 'zod';
import { ApiError } from '../base/errors.ts';
import type { Service } from '../telecom/service.ts';
import { complaintOf, issueInWords } from './complaint.ts';
import { simulatorConfig, simulatorServices } from './simulator/config.ts';
import { smppConfig, smppServices } from './smpp/config.ts';
import { withSmppPreset } from './smpp/presets.ts';

const configs = z.discriminatedUnion('type', [simulatorConfig, smppConfig]);

/** The type of an entry that names none. */
const standardType = 'smpp';

/** Types whose entries may name a preset, which fills in what they leave out. */
const withPreset: Readonly<Record<string, (entry: object) => object>> = { smpp: withSmppPreset };

export type CarrierConfig = z.infer<typeof configs>;

/**
 * Returns the entry of a carrier with all its defaults.
 * @param place where it stands, for the complaint: `carriers[0]`.
 * @throws ApiError invalid, naming the key and what it must be.
 */
export function readCarrierConfig(given: unknown, place: string): CarrierConfig {
  const { success, data, error } = configs.safeParse(completed(given), { error: issueInWords });
  if (success) return data;
  throw new ApiError('invalid', complaintOf(place, error.issues));
}

function completed(given: unknown): unknown {
  if (!isObject(given)) return given;
  const entry = { type: standardType, ...given };
  return withPreset[entry.type]?.(entry) ?? entry;
}

const isObject = (given: unknown): given is object =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/** Returns the services that a carrier takes. */
export function servicesOf({ type }: CarrierConfig): readonly Service[] {
  switch (type) {
    case 'simulator':
      return simulatorServices;
    case 'smpp':
      return smppServices;
  }
}
