// Which carriers have to reach this server by a public URL. Pure.
import type { CarrierConfig } from './carrier-config.ts';

/** Why an entry is refused without one, behind its place. */
export const noPublicUrl =
  'services has mms, whose files the carrier fetches from this server: set RUCKSACK_PUBLIC_URL, or leave mms out';

/** Returns whether a carrier fetches files from this server over the internet. One in a private network reaches it where it listens. */
export function needsPublicUrl(config: CarrierConfig): boolean {
  return config.type === 'http' && config.services.includes('mms') && !config.allowPrivate;
}
