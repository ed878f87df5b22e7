// The query of the choice of a sender: the same for a message that is accepted and for its dry run. Pure.
import type { Settings } from '../../base/config.ts';
import { takesNames } from '../../telecom/alphanumeric.ts';
import type { PhoneNumber } from '../../telecom/e164.ts';
import type { SenderQuery } from './selection-rule.ts';

/** A message to one destination. */
interface MessageToSend extends Pick<SenderQuery, 'service' | 'segments'> {
  readonly destination: PhoneNumber;
  /** Whether it has a moment to come: the one that its request named, or the end of quiet hours. */
  readonly hasMoment: boolean;
}

/** Returns the query for a message, by what is known of its destination. */
export function senderQuery(
  { destination, service, segments, hasMoment }: MessageToSend,
  { sticky, optOuts }: Pick<SenderQuery, 'sticky' | 'optOuts'>,
  { alphanumericCountries }: Pick<Settings, 'alphanumericCountries'>,
): SenderQuery {
  return {
    destination,
    service,
    takesNames: takesNames(destination, alphanumericCountries),
    segments,
    // What an opt-out may block does not count as waiting: it fails, or goes at once as a confirmation.
    waits: hasMoment && optOuts.length === 0,
    sticky,
    optOuts,
  };
}
