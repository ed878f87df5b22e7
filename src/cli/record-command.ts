// A change that a command makes in the database: in one transaction with its entry in the audit log.
import { userInfo } from 'node:os';
import { getAccount } from '../accounts/store.ts';
import { insertEntry } from '../audit/audit-store.ts';
import { writeState } from '../audit/write-state.ts';
import { uuidv7 } from '../base/id.ts';
import { insideTransaction } from '../db/nested-db.ts';
import type { Base } from '../open-base.ts';

/** A change as the log names it. */
interface Commanded<Result> {
  readonly result: Result;
  /** The account or subaccount that was changed; undefined where nothing was. */
  readonly accountId: string | undefined;
  /** Stored with the entry, without its secrets. */
  readonly after: object;
}

/** Runs `work` in one transaction with the entry of `command`. It may run again from the start, as every transaction. */
export function recordCommand<Result>(
  base: Base,
  command: string,
  work: (base: Base) => Promise<Commanded<Result>>,
): Promise<Result> {
  return base.db.transaction(async (tx) => {
    const db = insideTransaction(tx, base.db);
    const { randomBytes, now } = base.accountFactory();
    const inside = { ...base, db, accountFactory: () => ({ ...base.accountFactory(), db }) };
    const { result, accountId, after } = await work(inside);
    if (accountId === undefined) return result;
    const mainId = (await getAccount(tx, accountId))?.mainId ?? undefined;
    insertEntry(tx, {
      id: uuidv7(now, randomBytes),
      accountId: mainId ?? accountId,
      subaccountId: mainId === undefined ? undefined : accountId,
      at: now,
      caller: { kind: 'command_line', id: userName() },
      address: undefined,
      method: 'COMMAND',
      path: command,
      before: undefined,
      after: writeState(after),
    });
    return result;
  });
}

/** Returns the name of the user who runs this process, or the number where the machine knows no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
