// A change in an account: the account, and the kinds of things that changed. Pure.

/** Kinds of things that an account has. */
export const changeTopics = [
  'account',
  'subaccounts',
  'applications',
  'numbers',
  'powerpacks',
  'campaigns',
  'opt_outs',
  'messages',
  'media',
  'webhooks',
  'simulator',
  'carriers',
] as const;
export type ChangeTopic = (typeof changeTopics)[number];

/** A main account, or one of its subaccounts. */
export interface ChangedAccount {
  readonly mainId: string;
  /** The subaccount that changed; those who watch its main account are notified, too. */
  readonly subaccountId: string | undefined;
}

/** A change that is durable: the new state is in the database. */
export interface AccountChange extends ChangedAccount {
  readonly topics: readonly ChangeTopic[];
}

/** Returns a change of this topic for each of the accounts, however often it is listed. */
export function changesOf(topic: ChangeTopic, accounts: readonly ChangedAccount[]): AccountChange[] {
  const changes = new Map<string, AccountChange>();
  for (const { mainId, subaccountId } of accounts) {
    changes.set(subaccountId ?? mainId, { mainId, subaccountId, topics: [topic] });
  }
  return [...changes.values()];
}

/** Returns the topics in the order of `changeTopics`. */
export function inOrder(topics: ReadonlySet<ChangeTopic>): ChangeTopic[] {
  return changeTopics.filter((topic) => topics.has(topic));
}
