// The first account of a server: named by the settings, the oldest, or made for trying out.
import { OperatorError } from '../base/errors.ts';
import type { Credentials } from '../http/basic-auth.ts';
import { type AccountFactory, createAccount, ensureAccount } from './create-account.ts';
import { findOldestMainAccount, getAccount, loadEncryptedTokens } from './store.ts';

/** A main account with its present token. */
export interface FirstAccount extends Credentials {
  readonly name: string;
  /** Whether this start has made it. */
  readonly isNew: boolean;
}

/**
 * Returns the account that is `named`, which it makes sure of; without one the oldest main account, or a demo account that it makes
 * where there is none.
 */
export async function findFirstAccount(
  accountFactory: AccountFactory,
  named: Credentials | undefined,
): Promise<FirstAccount> {
  if (named !== undefined) {
    await ensureAccount(accountFactory, named);
    return { ...(await readAccount(accountFactory, named.authId)), isNew: false };
  }
  const oldest = await findOldestMainAccount(accountFactory.db);
  if (oldest !== undefined) return { ...(await readAccount(accountFactory, oldest)), isNew: false };
  const name = 'Demo';
  const credentials = await createAccount(accountFactory, { mainId: null, name, enabled: true });
  return { ...credentials, name, isNew: true };
}

/**
 * Returns an account's name and credentials.
 * @throws OperatorError when there is no such account.
 */
export async function readAccount(
  { db, encrypter }: Pick<AccountFactory, 'db' | 'encrypter'>,
  authId: string,
): Promise<Omit<FirstAccount, 'isNew'>> {
  const account = await getAccount(db, authId);
  const token = (await loadEncryptedTokens(db, [authId])).get(authId);
  if (account === undefined || token === undefined) throw new OperatorError(`there is no account ${authId}`);
  return { authId, authToken: encrypter.decrypt(token.encrypted), name: account.name };
}
