// Endpoints of the test kit: main accounts for the operator, resets. All but the main accounts answer 404 unless it is on.
import { createAccount } from '../accounts/create-account.ts';
import { requireOperator } from '../accounts/operator.ts';
import { requireMainAccount } from '../accounts/scope.ts';
import { listMainAccounts } from '../accounts/store.ts';
import type { Settings } from '../base/config.ts';
import type { Encrypter } from '../base/encrypt.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { VirtualClock } from '../base/virtual-clock.ts';
import { insideTransaction } from '../db/nested-db.ts';
import { defineEndpoint, type Scope } from '../http/endpoint.ts';
import { listSchema, PageInput, pageAnswer, pageOf } from '../http/page.ts';
import type { Operating } from '../routing/operating.ts';
import { markStart, type ResetParts, resetAccount } from './reset-account.ts';
import { rentSeeds } from './seed.ts';
import {
  CreatedMainAccount,
  CreateMainAccountInput,
  MainAccountBody,
  mainAccountToWire,
  numberSeedsFromWire,
  ResetBody,
  ResetInput,
} from './wire.ts';

interface KitParts {
  readonly isTestKitOn: boolean;
}

interface MakingParts extends KitParts {
  readonly settings: Settings;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
  readonly operating: Operating;
}

const operatorOnly = "The operator's account only.";
const kitOnly = 'Only on ephemeral servers and where `RUCKSACK_TEST_KIT` is on; answered 404 elsewhere.';

export const listMainAccountsEndpoint = defineEndpoint({
  summary: 'List main accounts',
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
  description: `It shares nothing with the other accounts of the server but the simulator's rules and the time. Its token is shown once. ${operatorOnly}`,
  extension: true,
  input: CreateMainAccountInput,
  answers: { 201: CreatedMainAccount },
  async handle({ db, scope, input, now }, parts: MakingParts) {
    const { operating, settings } = parts;
    await requireOperator(db, scope, operating.operatorId());
    const { name, seed } = input;
    if (seed !== undefined) requireKit(parts);
    const { credentials, numbers } = await db.transaction(async (tx) => {
      const making = { ...parts, db: insideTransaction(tx, db), now };
      const made = await createAccount(making, { mainId: null, name, enabled: true });
      const rented = await rentSeeds(tx, scopeOf(made.authId), numberSeedsFromWire(seed ?? {}), {
        settings,
        now,
      });
      if (parts.isTestKitOn) await markStart(tx, made.authId, now);
      return { credentials: made, numbers: rented };
    });
    const { authId, authToken } = credentials;
    return { status: 201, body: { auth_id: authId, auth_token: authToken, message: 'created', numbers } };
  },
});

export const resetAccountEndpoint = defineEndpoint({
  summary: 'Reset the account',
  description: `Deletes all that the account has: messages, callbacks, powerpacks, numbers, applications, opt-outs, subaccounts. What it was made with is there again, its first token included; what is under way for it comes back no more. Main accounts only. ${kitOnly}`,
  extension: true,
  outsideDatabase: true,
  announcesItself: true,
  input: ResetInput,
  answers: { 200: ResetBody },
  async handle(
    { db, scope, input },
    {
      virtualClock,
      ...parts
    }: Omit<ResetParts, 'db'> & KitParts & { readonly virtualClock: VirtualClock | undefined },
  ) {
    requireKit(parts);
    requireMainAccount(scope);
    if (input.clock === true && virtualClock === undefined) {
      throw new ApiError('invalid', 'clock needs RUCKSACK_VIRTUAL_CLOCK');
    }
    await resetAccount({ ...parts, db }, scope.mainId);
    if (input.clock === true) await virtualClock?.returnToStart();
    return { status: 200, body: { message: 'reset' } };
  },
});

/** Returns the scope of a main account that acts for itself. */
const scopeOf = (authId: string): Scope => ({
  accountId: authId,
  mainId: authId,
  subaccountId: undefined,
  callerId: authId,
});

/** @throws ApiError notFound where the test kit is off. */
function requireKit({ isTestKitOn }: KitParts): void {
  if (!isTestKitOn) throw new ApiError('notFound', 'the test kit is off (RUCKSACK_TEST_KIT)');
}
