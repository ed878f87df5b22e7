// Our names for draining members. Extensions.
import { type Static, Type } from 'typebox';
import { isoMicroseconds } from '../../http/schemas.ts';
import type { Drain, DrainState } from './drain-store.ts';

const hourMs = 3600 * 1000;
const defaultHours = 72;

export const DrainInput = Type.Object({
  hours: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 720,
      default: defaultHours,
      description:
        'For so long it goes on with the recipients that it is the sticky sender of; then it sends nothing more.',
    }),
  ),
  afterwards: Type.Optional(
    Type.Enum(['aside', 'remove'], {
      default: 'aside',
      description: 'What becomes of it then: it stays in the pool, set aside, or leaves it.',
    }),
  ),
});

/** Returns when and how a drain that begins now ends. */
export const drainFromWire = ({ hours, afterwards }: Static<typeof DrainInput>, now: Date): Drain => ({
  until: new Date(now.getTime() + (hours ?? defaultHours) * hourMs),
  isRemovedAfter: afterwards === 'remove',
});

export const DrainBody = Type.Object({
  message: Type.Literal('draining'),
  until: Type.String({ description: 'When it stops sending.' }),
  afterwards: Type.Enum(['aside', 'remove']),
});

export const drainToWire = ({ until, isRemovedAfter }: Drain): Static<typeof DrainBody> => ({
  message: 'draining',
  until: isoMicroseconds(until),
  afterwards: isRemovedAfter ? 'remove' : 'aside',
});

/** Returns the state of a member as the audit log shows it. */
export const drainStateToWire = ({ state, drainUntil, isRemovedAfter }: DrainState) => ({
  state,
  drain_until: drainUntil === undefined ? null : isoMicroseconds(drainUntil),
  afterwards: state === 'draining' ? (isRemovedAfter ? 'remove' : 'aside') : null,
});
