// Changes as the processes that share a database send them to each other: the accounts and the topics.
import { slices } from '../base/slices.ts';
import type { Timers } from '../base/timers.ts';
import {
  type AccountChange,
  type ChangedAccount,
  type ChangeTopic,
  changeTopics,
  inOrder,
} from './account-change.ts';

/** How long changes are gathered before they are sent: watchers are notified no more often. */
const gatherMs = 250;
/** The most accounts in one text: a notification of PostgreSQL has less than 8000 bytes, and an account takes 140 at most. */
const maxAccounts = 50;
/** The most texts at a time. Where more accounts changed, one text says that anything may have. */
const maxTexts = 4;

const prefix = 'changes ';
const anything = `${prefix}anything`;

/** A change as it is written: main account, subaccount or null, numbers of the topics. */
type WrittenChange = readonly [mainId: string, subaccountId: string | null, topics: readonly number[]];

/**
 * Returns a function that sends changes to the other processes. Those of 250 ms are sent together, in at most four texts.
 * @param notify sends a text to all other processes.
 */
export function makeSendChange(
  timers: Timers,
  notify: (text: string) => void,
): (change: AccountChange) => void {
  let gathered = new Map<string, { readonly account: ChangedAccount; readonly topics: Set<ChangeTopic> }>();

  function send(): void {
    const changes = [...gathered.values()].map(({ account, topics }): WrittenChange => {
      const numbers = inOrder(topics).map((topic) => changeTopics.indexOf(topic));
      return [account.mainId, account.subaccountId ?? null, numbers];
    });
    gathered = new Map();
    if (changes.length > maxTexts * maxAccounts) notify(anything);
    else for (const slice of slices(changes, maxAccounts)) notify(prefix + JSON.stringify(slice));
  }

  return (change) => {
    if (gathered.size === 0) timers.at(new Date(timers.now().getTime() + gatherMs), send);
    const id = change.subaccountId ?? change.mainId;
    const known = gathered.get(id) ?? { account: change, topics: new Set() };
    gathered.set(id, known);
    for (const topic of change.topics) known.topics.add(topic);
  };
}

/** Reads the text of another process: changes, `'anything'` where anything may have changed, `undefined` for another text. */
export function readChanges(text: string): readonly AccountChange[] | 'anything' | undefined {
  if (!text.startsWith(prefix)) return undefined;
  if (text === anything) return 'anything';
  try {
    const written = JSON.parse(text.slice(prefix.length)) as readonly WrittenChange[];
    return written.map(([mainId, subaccountId, topics]) => ({
      mainId,
      subaccountId: subaccountId ?? undefined,
      topics: topics.flatMap((number): ChangeTopic[] => changeTopics.slice(number, number + 1)),
    }));
  } catch {
    // Written by another version: ignored, as if it had been lost.
    return undefined;
  }
}
