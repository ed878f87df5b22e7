// Changes as the processes that share a database tell them to each other: which accounts, which topics, and no more.
import type { Timers } from '../base/timers.ts';
import { type AccountChange, ChangeGatherer, type ChangeTopic, changeTopics } from './account-change.ts';

/** How long changes are gathered before they are told: who watches is told no more often. */
const gatherMs = 250;
/** The most accounts that one text names: PostgreSQL takes notifications of less than 8000 bytes, and an account takes 140 at most. */
const maxAccounts = 50;
/** The most texts at a time. Where more accounts changed, everybody is told that anything may have. */
const maxTexts = 4;

const prefix = 'changes ';
const everybody = `${prefix}everybody`;

/** A change as it is written: main account, subaccount or null, numbers of the topics. */
type WrittenChange = readonly [mainId: string, subaccountId: string | null, topics: readonly number[]];

/**
 * Makes the function that tells other processes of changes. Those of 250 ms are told together, in at most four texts, whatever goes
 * on here: whether anybody watches elsewhere is not known.
 * @param notify sends a text to all other processes.
 */
export function makeTellChange(
  timers: Timers,
  notify: (text: string) => void,
): (change: AccountChange) => void {
  let gathered = new Map<string, { readonly change: AccountChange; readonly topics: ChangeGatherer }>();

  function tell(): void {
    const changes = [...gathered.values()].map(({ change, topics }): WrittenChange => {
      const numbers = (topics.take()?.topics ?? []).map((topic) => changeTopics.indexOf(topic));
      return [change.mainId, change.subaccountId ?? null, numbers];
    });
    gathered = new Map();
    if (changes.length > maxTexts * maxAccounts) {
      notify(everybody);
      return;
    }
    for (let at = 0; at < changes.length; at += maxAccounts) {
      notify(prefix + JSON.stringify(changes.slice(at, at + maxAccounts)));
    }
  }

  return (change) => {
    if (gathered.size === 0) timers.at(new Date(timers.now().getTime() + gatherMs), tell);
    const account = change.subaccountId ?? change.mainId;
    const known = gathered.get(account) ?? { change, topics: new ChangeGatherer() };
    gathered.set(account, known);
    known.topics.add({ topics: change.topics, messageIds: [] });
  };
}

/** What another process told: changes, `'everybody'` where anything of anybody may have changed, `undefined` if it is no such text. */
export function readChanges(text: string): readonly AccountChange[] | 'everybody' | undefined {
  if (!text.startsWith(prefix)) return undefined;
  if (text === everybody) return 'everybody';
  try {
    const written = JSON.parse(text.slice(prefix.length)) as readonly WrittenChange[];
    return written.map(([mainId, subaccountId, topics]) => ({
      mainId,
      subaccountId: subaccountId ?? undefined,
      topics: topics.flatMap((number): ChangeTopic[] => changeTopics.slice(number, number + 1)),
      messageIds: undefined,
    }));
  } catch {
    // Of a process of another version: a hint that is not understood is as good as one that is lost.
    return undefined;
  }
}
