// MainAccount: the accounts of the server, which the operator lists and makes while it runs. Extensions.
import { createAccount } from '../accounts/create-account.ts';
import { requireOperator } from '../accounts/operator.ts';
import { listMainAccounts } from '../accounts/store.ts';
import type { Settings } from '../base/config.ts';
import type { Encrypter } from '../base/encrypt.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Simulator } from '../carriers/simulator/simulator.ts';
import { insideTransaction } from '../db/nested-db.ts';
import { defineEndpoint, type Scope } from '../http/endpoint.ts';
import { listSchema, PageInput, pageAnswer, pageOf } from '../http/page.ts';
import type { Operating } from '../routing/operating.ts';
import { applySeed } from './apply-seed.ts';
import {
  CreatedMainAccount,
  CreateMainAccountInput,
  MainAccountBody,
  mainAccountToWire,
} from './main-account-wire.ts';
import { type KitParts, requireKit } from './require-kit.ts';
import { storeState } from './reset-account.ts';
import { seededToWire, seedFromWire } from './seed-wire.ts';

interface MakingParts extends KitParts {
  readonly settings: Settings;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
  readonly operating: Operating;
  /** `undefined` where this process has no simulator. */
  readonly simulator: Simulator | undefined;
}

const operatorOnly = "The operator's account only.";

export const listMainAccountsEndpoint = defineEndpoint({
  summary: 'List main accounts',
  role: 'owner',
  description: `The oldest first. ${operatorOnly}`,
  extension: true,
  input: PageInput,
  answers: { 200: listSchema(MainAccountBody) },
  async handle({ db, scope, input }, { operating }: { operating: Operating }) {
    await requireOperator(db, scope, operating.operatorId());
    const page = pageOf(input);
    const accounts = await listMainAccounts(db);
    const shown = accounts.slice(page.offset, page.offset + page.limit).map(mainAccountToWire);
    const path = `/v1/Account/${scope.accountId}/MainAccount/`;
    return pageAnswer(path, page, {}, accounts.length, shown);
  },
});

export const createMainAccountEndpoint = defineEndpoint({
  summary: 'Create a main account',
  description: `It shares nothing with the other accounts of the server but the simulator's rules for all and the time. Its token is shown once. ${operatorOnly}`,
  role: 'owner',
  extension: true,
  input: CreateMainAccountInput,
  answers: { 201: CreatedMainAccount },
  async handle({ db, scope, input, now, newId }, parts: MakingParts) {
    await requireOperator(db, scope, parts.operating.operatorId());
    const { name } = input;
    if (input.seed !== undefined) requireKit(parts);
    const seed = seedFromWire(input.seed ?? {});
    const { credentials, seeded } = await db.transaction(async (tx) => {
      const making = { ...parts, db: insideTransaction(tx, db), now };
      const made = await createAccount(making, { mainId: null, name, enabled: true });
      const all = await applySeed(tx, scopeOf(made.authId), seed, { ...parts, db, newId, now });
      parts.simulator?.ownRules(made.authId).replace(seed.rules);
      if (parts.isTestKitOn) await storeState(tx, made.authId, { ...parts, now });
      return { credentials: made, seeded: all };
    });
    const { authId, authToken } = credentials;
    const body = {
      auth_id: authId,
      auth_token: authToken,
      message: 'created',
      ...seededToWire(authId, seeded),
    };
    return { status: 201, body };
  },
});

/** Returns the scope of a main account that acts for itself. */
const scopeOf = (authId: string): Scope => ({
  accountId: authId,
  mainId: authId,
  subaccountId: undefined,
  callerId: authId,
});
