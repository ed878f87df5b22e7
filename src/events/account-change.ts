// What a change in an account is, as those are told who watch it: what kind of thing, and where it helps which messages. Pure.

/** Kinds of things that an account has. */
export const changeTopics = [
  'account',
  'subaccounts',
  'applications',
  'numbers',
  'powerpacks',
  'messages',
  'media',
  'webhooks',
  'simulator',
] as const;
export type ChangeTopic = (typeof changeTopics)[number];

/** Something has changed. A hint: what is now, the database says. */
export interface AccountChange {
  readonly mainId: string;
  /** The subaccount that it is about; its main account hears of it too. */
  readonly subaccountId: string | undefined;
  readonly topics: readonly ChangeTopic[];
  /** The messages that it is about; `undefined` where they are not known. */
  readonly messageIds: readonly string[] | undefined;
}

/** A message that something has changed about, and whose it is; without an identifier, a change in an account about no message. */
export interface ConcernedMessage {
  readonly messageId: string | undefined;
  readonly mainId: string;
  readonly subaccountId: string | undefined;
}

/** What has changed about messages, those of each account together. */
export function changesAbout(topic: ChangeTopic, concerned: readonly ConcernedMessage[]): AccountChange[] {
  const changes = new Map<string, AccountChange & { readonly messageIds: string[] }>();
  for (const { messageId, mainId, subaccountId } of concerned) {
    const owner = subaccountId ?? mainId;
    const change = changes.get(owner) ?? { mainId, subaccountId, topics: [topic], messageIds: [] };
    changes.set(owner, change);
    if (messageId !== undefined) change.messageIds.push(messageId);
  }
  return [...changes.values()];
}

/** Several changes taken together. */
export interface ChangeDigest {
  /** At least one, in the order of `changeTopics`. */
  readonly topics: readonly ChangeTopic[];
  /** At most 100; `undefined` where there are more, or not all are known. */
  readonly messageIds: readonly string[] | undefined;
}

/** The most messages that are told by name. */
export const maxMessageIds = 100;

/** Takes changes together, however many, in as much memory as one digest. */
export class ChangeGatherer {
  #topics = new Set<ChangeTopic>();
  #messageIds: Set<string> | undefined = new Set();

  add({ topics, messageIds }: Pick<AccountChange, 'topics' | 'messageIds'>): void {
    for (const topic of topics) this.#topics.add(topic);
    if (messageIds === undefined || messageIds.length > maxMessageIds) this.#messageIds = undefined;
    for (const id of messageIds ?? []) this.#messageIds?.add(id);
    if (this.#messageIds !== undefined && this.#messageIds.size > maxMessageIds) this.#messageIds = undefined;
  }

  /** What was added since it was last taken; `undefined` if that is nothing. */
  take(): ChangeDigest | undefined {
    if (this.#topics.size === 0) return undefined;
    const topics = changeTopics.filter((topic) => this.#topics.has(topic));
    const messageIds = this.#messageIds && [...this.#messageIds];
    this.#topics = new Set();
    this.#messageIds = new Set();
    return { topics, messageIds };
  }
}
