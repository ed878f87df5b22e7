// A member of a number pool: a rented number or an attached short code, and the service it was added for. Pure.
import type { Service } from '../../telecom/service.ts';
import type { SenderKind } from '../powerpack.ts';

/** How pool lists name the type of a number (wire-control-plane 4.4). */
export type MemberType = 'fixed' | 'tollfree' | 'mobile' | 'shortcode';

export interface PoolMember {
  readonly poolUuid: string;
  /** Digits of the number or the short code. */
  readonly sender: string;
  readonly kind: SenderKind;
  readonly memberType: MemberType;
  readonly countryIso2: string;
  readonly service: Service;
  readonly addedAt: Date;
}

/** The pool's word for a number's type: whatever stands on the ground is `fixed`. */
export function memberTypeOf(numberType: string): MemberType {
  return numberType === 'tollfree' || numberType === 'mobile' ? numberType : 'fixed';
}
