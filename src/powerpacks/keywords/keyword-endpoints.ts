// The keyword rules of a powerpack: retrieve, change, reset. Extensions.
import { ApiError } from '../../base/errors.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { noContent } from '../../http/schemas.ts';
import { requireLockedPowerpack, requirePowerpack } from '../require-powerpack.ts';
import { PowerpackPath } from '../wire.ts';
import { problemOf, vendorRules } from './keyword-rules.ts';
import { loadOwnRules, saveRules } from './keyword-store.ts';
import { KeywordsBody, keywordsToWire, rulesFromWire, UpdateKeywordsInput } from './keyword-wire.ts';

export const getKeywordsEndpoint = defineEndpoint({
  summary: 'Retrieve the keywords of a powerpack',
  description:
    "The rules by which STOP, START and HELP are read and answered: the vendor's unless they were changed.",
  extension: true,
  path: PowerpackPath,
  answers: { 200: KeywordsBody },
  async handle({ db, scope, path }) {
    const { uuid } = await requirePowerpack(db, scope, path.powerpack_uuid);
    const rules = (await loadOwnRules(db, [uuid])).get(uuid) ?? vendorRules;
    return { status: 200, body: keywordsToWire(rules) };
  },
});

export const updateKeywordsEndpoint = defineEndpoint({
  summary: 'Change the keywords of a powerpack',
  description:
    'Changes only what is sent. The English words always count, because networks know them too; opting out is read first. No opt-out ends by a change.',
  extension: true,
  path: PowerpackPath,
  input: UpdateKeywordsInput,
  answers: { 200: KeywordsBody },
  async handle({ db, scope, path, input }) {
    const rules = await db.transaction(async (tx) => {
      const { uuid } = await requireLockedPowerpack(tx, scope, path.powerpack_uuid);
      const present = (await loadOwnRules(tx, [uuid])).get(uuid) ?? vendorRules;
      const changed = rulesFromWire(present, input);
      const problem = problemOf(changed);
      if (problem !== undefined) throw new ApiError('invalid', problem);
      await saveRules(tx, uuid, changed);
      return changed;
    });
    return { status: 200, body: keywordsToWire(rules) };
  },
});

export const resetKeywordsEndpoint = defineEndpoint({
  summary: 'Reset the keywords of a powerpack',
  description: "The vendor's rules count again.",
  extension: true,
  path: PowerpackPath,
  answers: { 204: null },
  async handle({ db, scope, path }) {
    await db.transaction(async (tx) => {
      const { uuid } = await requireLockedPowerpack(tx, scope, path.powerpack_uuid);
      await saveRules(tx, uuid, undefined);
    });
    return noContent;
  },
});
