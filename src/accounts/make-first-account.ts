// The account of a new server: set by the operator, or a demo account.
import type { Credentials } from '../http/basic-auth.ts';
import { type AccountFactory, createAccount, ensureAccount } from './create-account.ts';
import { countMainAccounts } from './store.ts';

/**
 * Makes sure that the `named` account exists; without one makes a demo account if there is no main account at all. Returns the
 * demo account's credentials, which are shown once; `undefined` where none was made.
 */
export async function makeFirstAccount(
  accountFactory: AccountFactory,
  named: Credentials | undefined,
): Promise<Credentials | undefined> {
  if (named !== undefined) {
    await ensureAccount(accountFactory, named);
    return undefined;
  }
  if ((await countMainAccounts(accountFactory.db)) > 0) return undefined;
  return createAccount(accountFactory, { mainId: null, name: 'Demo', enabled: true });
}
