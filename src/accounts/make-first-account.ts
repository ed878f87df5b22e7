// The account of a server that is started for the first time: named by whoever started it, or made for trying out.
import type { Credentials } from '../http/basic-auth.ts';
import { type AccountFactory, createAccount, ensureAccount } from './create-account.ts';
import { countMainAccounts } from './store.ts';

/**
 * Makes sure of the account that is `named`; without one makes a demo account if there is no main account at all. Answers the demo
 * account's credentials, which nobody can read again; `undefined` where none was made.
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
