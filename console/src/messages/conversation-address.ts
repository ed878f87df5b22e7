// Where the conversation that a message belongs to is shown. Pure.
import type { components } from '../../../client/src/schema.ts';
import { type ExchangedMessage, handsetOf, isWhole } from './two-sides.ts';

type PoolMessage = ExchangedMessage & Pick<components['schemas']['Message'], 'powerpack_id'>;

/** Returns the address of the page; `undefined` without a powerpack, and where the handset's number is masked. */
export function conversationAddress(message: PoolMessage): string | undefined {
  const { powerpack_id: powerpack } = message;
  const handset = handsetOf(message);
  if (powerpack === null || !isWhole(handset)) return undefined;
  return `/console/conversations/${powerpack}/${handset}`;
}
