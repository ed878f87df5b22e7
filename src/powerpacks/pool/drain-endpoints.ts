// Draining members of a pool, and taking that back. Extensions.
import { defineEndpoint } from '../../http/endpoint.ts';
import { Changed, changed } from '../../http/schemas.ts';
import { readNumber } from '../../numbers/rent-numbers.ts';
import { drainMember } from './drain-member.ts';
import { DrainBody, DrainInput, drainFromWire, drainStateToWire, drainToWire } from './drain-wire.ts';
import { PoolNumberPath } from './pool-wire.ts';

export const drainNumberEndpoint = defineEndpoint({
  summary: 'Drain a number of a pool',
  description:
    'It gets no new recipients while another member can send, goes on with those that it is the sticky sender of for some hours, and then sends nothing: its recipients get another member with their next message. What waits in its queue still goes.',
  extension: true,
  path: PoolNumberPath,
  input: DrainInput,
  tellsBefore: true,
  answers: { 202: DrainBody },
  async handle({ db, scope, path, input, now }) {
    const drain = drainFromWire(input, now);
    const { number } = readNumber(path.number);
    const before = await drainMember(db, scope, path.number_pool_uuid, number, drain);
    return {
      status: 202,
      body: drainToWire(drain),
      before: drainStateToWire(before),
      after: drainStateToWire({
        state: 'draining',
        drainUntil: drain.until,
        isRemovedAfter: drain.isRemovedAfter,
      }),
    };
  },
});

export const resumeNumberEndpoint = defineEndpoint({
  summary: 'Let a number of a pool send again',
  description: 'Ends its drain, or that it is aside.',
  extension: true,
  path: PoolNumberPath,
  tellsBefore: true,
  answers: { 202: Changed },
  async handle({ db, scope, path }) {
    const { number } = readNumber(path.number);
    const before = await drainMember(db, scope, path.number_pool_uuid, number, undefined);
    return {
      ...changed,
      before: drainStateToWire(before),
      after: drainStateToWire({ state: 'active', drainUntil: undefined, isRemovedAfter: false }),
    };
  },
});
