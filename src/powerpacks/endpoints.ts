// Powerpack: create, list, retrieve, update, delete, and the deletion's plan and undoing.
import type { Settings } from '../base/config.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { sortingOf } from '../http/order.ts';
import { listSchema, pageAnswer, pageOf } from '../http/page.ts';
import { noContent, Success, success } from '../http/schemas.ts';
import { createPowerpack, updatePowerpack } from './change-powerpack.ts';
import {
  deletePowerpack,
  planDeletion,
  restorePowerpack,
  restoreStart,
} from './deletion/delete-powerpack.ts';
import { countDeletedPowerpacks, listDeletedPowerpacks } from './deletion/deleted-store.ts';
import {
  DeletedPowerpackBody,
  DeletePlanBody,
  deletedPowerpackToWire,
  deletePlanToWire,
  ListDeletedPowerpacksInput,
  RestorationBody,
  restorationToWire,
} from './deletion/deletion-wire.ts';
import { requirePowerpack } from './require-powerpack.ts';
import { countPowerpacks, listPowerpacks } from './store.ts';
import {
  CreatePowerpackInput,
  changeFromWire,
  DeletePowerpackInput,
  ListPowerpacksInput,
  PowerpackBody,
  PowerpackPath,
  powerpackFilterFromWire,
  powerpackToWire,
  RestorePowerpackInput,
  UpdatePowerpackInput,
} from './wire.ts';

export const createPowerpackEndpoint = defineEndpoint({
  summary: 'Create a powerpack',
  input: CreatePowerpackInput,
  answers: { 200: PowerpackBody },
  async handle({ db, scope, input, newId, now }) {
    const ids = { uuid: newId(), poolUuid: newId() };
    const powerpack = await createPowerpack(db, scope, input.name, changeFromWire(input), ids, now);
    return { status: 200, body: powerpackToWire(powerpack) };
  },
});

export const listPowerpacksEndpoint = defineEndpoint({
  summary: 'List powerpacks',
  input: ListPowerpacksInput,
  answers: { 200: listSchema(PowerpackBody) },
  async handle({ db, scope, input }) {
    const page = pageOf(input);
    const filter = powerpackFilterFromWire(input);
    const [powerpacks, count] = await Promise.all([
      listPowerpacks(db, scope.accountId, filter, page),
      countPowerpacks(db, scope.accountId, filter),
    ]);
    const path = `/v1/Account/${scope.accountId}/Powerpack/`;
    return pageAnswer(path, page, input, count, powerpacks.map(powerpackToWire));
  },
});

export const getPowerpackEndpoint = defineEndpoint({
  summary: 'Retrieve a powerpack',
  path: PowerpackPath,
  answers: { 200: PowerpackBody },
  async handle({ db, scope, path }) {
    const powerpack = await requirePowerpack(db, scope, path.powerpack_uuid);
    return { status: 200, body: powerpackToWire(powerpack) };
  },
});

export const updatePowerpackEndpoint = defineEndpoint({
  summary: 'Update a powerpack',
  description:
    'Changes only what was sent. `application_id` `none` detaches the application; turning `sticky_sender` off forgets the sticky senders.',
  path: PowerpackPath,
  input: UpdatePowerpackInput,
  answers: { 200: PowerpackBody },
  async handle({ db, scope, path, input }) {
    const powerpack = await updatePowerpack(db, scope, path.powerpack_uuid, changeFromWire(input));
    return { status: 200, body: powerpackToWire(powerpack) };
  },
});

export const deletePowerpackEndpoint = defineEndpoint({
  summary: 'Delete a powerpack',
  description:
    'Its numbers stay rented unless `unrent_numbers` is set. A setting of the server makes the answer 200 with an acknowledgement.',
  path: PowerpackPath,
  input: DeletePowerpackInput,
  answers: { 200: Success, 204: null },
  async handle({ db, scope, path, input, now }, { settings }: { settings: Settings }) {
    await deletePowerpack(db, scope, path.powerpack_uuid, {
      unrentNumbers: input.unrent_numbers ?? false,
      now,
    });
    return settings.deleteStatus === 200 ? success : noContent;
  },
});

export const planDeletionEndpoint = defineEndpoint({
  summary: 'Plan the deletion of a powerpack',
  description: 'Shows what a deletion would do, and changes nothing.',
  extension: true,
  path: PowerpackPath,
  input: DeletePowerpackInput,
  answers: { 200: DeletePlanBody },
  async handle({ db, scope, path, input }, { settings }: { settings: Settings }) {
    const unrent = input.unrent_numbers ?? false;
    const plan = await planDeletion(db, scope, path.powerpack_uuid, unrent);
    return { status: 200, body: deletePlanToWire(plan, unrent, settings.restoreDays) };
  },
});

export const listDeletedPowerpacksEndpoint = defineEndpoint({
  summary: 'List the deleted powerpacks that can be restored',
  description:
    'The last deleted first, each with the moment until which it can be restored and the number of its members then.',
  extension: true,
  input: ListDeletedPowerpacksInput,
  answers: { 200: listSchema(DeletedPowerpackBody) },
  async handle({ db, scope, input, now }, { settings }: { settings: Settings }) {
    const page = pageOf(input);
    const deletedSince = restoreStart(now, settings);
    const [deleted, count] = await Promise.all([
      listDeletedPowerpacks(db, scope.accountId, deletedSince, page, sortingOf(input)),
      countDeletedPowerpacks(db, scope.accountId, deletedSince),
    ]);
    const objects = deleted.map((powerpack) => deletedPowerpackToWire(powerpack, settings.restoreDays));
    return pageAnswer(`/v1/Account/${scope.accountId}/Powerpack/Deleted/`, page, input, count, objects);
  },
});

export const restorePowerpackEndpoint = defineEndpoint({
  summary: 'Restore a deleted powerpack',
  description:
    'Brings back the powerpack with every member that is still free. Unrented numbers are rented again.',
  extension: true,
  path: PowerpackPath,
  input: RestorePowerpackInput,
  answers: { 200: RestorationBody },
  async handle({ db, scope, path, input, now }, { settings }: { settings: Settings }) {
    const request = { name: input.name, now, settings };
    const restoration = await restorePowerpack(db, scope, path.powerpack_uuid, request);
    return { status: 200, body: restorationToWire(restoration) };
  },
});
