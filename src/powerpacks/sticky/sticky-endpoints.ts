// Sticky senders of a powerpack: list, look up, pin, reset. Extensions.
import type { Settings } from '../../base/config.ts';
import { ApiError } from '../../base/errors.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { listSchema, pageAnswer, pageOf } from '../../http/page.ts';
import { Success, success } from '../../http/schemas.ts';
import { readNumber } from '../../numbers/rent-numbers.ts';
import { requirePowerpack } from '../require-powerpack.ts';
import { PowerpackPath } from '../wire.ts';
import { pinSender } from './pin-sticky-sender.ts';
import {
  countStickySenders,
  findStickySender,
  forgetStickySender,
  forgetStickySenders,
  listStickySenders,
} from './sticky-store.ts';
import {
  ForgottenBody,
  ListStickyInput,
  PinInput,
  pinFromWire,
  StickyBody,
  StickyPath,
  stickyFiltersFromWire,
  stickyToWire,
} from './sticky-wire.ts';

export const listStickySendersEndpoint = defineEndpoint({
  summary: 'List the sticky senders of a powerpack',
  description: 'Which member each recipient hears from; those whose life has ended are left out.',
  extension: true,
  path: PowerpackPath,
  input: ListStickyInput,
  answers: { 200: listSchema(StickyBody) },
  async handle(
    { db, scope, path, input, now },
    { settings: { stickyDays } }: { settings: Pick<Settings, 'stickyDays'> },
  ) {
    const { uuid, poolUuid } = await requirePowerpack(db, scope, path.powerpack_uuid);
    const page = pageOf(input);
    const filters = stickyFiltersFromWire(input);
    const [mappings, count] = await Promise.all([
      listStickySenders(db, poolUuid, now, stickyDays, filters, page),
      countStickySenders(db, poolUuid, now, stickyDays, filters),
    ]);
    const uri = `/v1/Account/${scope.accountId}/Powerpack/${uuid}/Sticky/`;
    const objects = mappings.map((mapping) => stickyToWire(mapping, stickyDays));
    return pageAnswer(uri, page, input, count, objects);
  },
});

export const findStickySenderEndpoint = defineEndpoint({
  summary: 'Find the sticky sender of a recipient',
  extension: true,
  path: StickyPath,
  answers: { 200: StickyBody },
  async handle(
    { db, scope, path, now },
    { settings: { stickyDays } }: { settings: Pick<Settings, 'stickyDays'> },
  ) {
    const destination = readNumber(path.destination).number;
    const { poolUuid } = await requirePowerpack(db, scope, path.powerpack_uuid);
    const mapping = await findStickySender(db, { poolUuid, destination }, now, stickyDays);
    if (mapping === undefined) throw noMapping();
    return { status: 200, body: stickyToWire(mapping, stickyDays) };
  },
});

export const pinStickySenderEndpoint = defineEndpoint({
  summary: 'Pin a recipient to a member',
  description: 'From now on messages to the recipient come from this member, in place of the one before.',
  extension: true,
  path: StickyPath,
  input: PinInput,
  answers: { 200: StickyBody },
  async handle(
    { db, scope, path, input, now },
    { settings: { stickyDays } }: { settings: Pick<Settings, 'stickyDays'> },
  ) {
    const pin = pinFromWire(path.destination, input);
    const mapping = await pinSender(db, scope, path.powerpack_uuid, pin, now);
    return { status: 200, body: stickyToWire(mapping, stickyDays) };
  },
});

export const resetStickySenderEndpoint = defineEndpoint({
  summary: 'Reset the sticky sender of a recipient',
  description: 'The next message to the recipient chooses anew.',
  extension: true,
  path: StickyPath,
  answers: { 200: Success },
  async handle({ db, scope, path }) {
    const destination = readNumber(path.destination).number;
    const { poolUuid } = await requirePowerpack(db, scope, path.powerpack_uuid);
    const isForgotten = await db.transaction((tx) => forgetStickySender(tx, { poolUuid, destination }));
    if (!isForgotten) throw noMapping();
    return success;
  },
});

export const resetStickySendersEndpoint = defineEndpoint({
  summary: 'Reset all sticky senders of a powerpack',
  extension: true,
  path: PowerpackPath,
  answers: { 200: ForgottenBody },
  async handle({ db, scope, path }) {
    const { poolUuid } = await requirePowerpack(db, scope, path.powerpack_uuid);
    const removed = await db.transaction((tx) => forgetStickySenders(tx, poolUuid));
    return { status: 200, body: { response: 'success', removed } };
  },
});

const noMapping = () => new ApiError('notFound', 'no sticky sender for this destination');
