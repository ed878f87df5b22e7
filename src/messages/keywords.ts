// What a person means who answers with nothing but a keyword: stop, start, help. Pure.

export type Intent = 'optout' | 'optin' | 'help';

/** The union of what the vendor's pages have named over time (wire-data-plane section 13). */
export const keywords: Readonly<Record<Intent, readonly string[]>> = {
  optout: ['stop', 'stopall', 'stop all', 'end', 'quit', 'cancel', 'unsub', 'unsubscribe'],
  optin: ['start', 'unstop', 'yes', 'resume', 'resume all', 'go'],
  help: ['help', 'info'],
};

const intents: ReadonlyMap<string, Intent> = new Map([
  ...keywords.optout.map((keyword) => [keyword, 'optout'] as const),
  ...keywords.optin.map((keyword) => [keyword, 'optin'] as const),
  ...keywords.help.map((keyword) => [keyword, 'help'] as const),
]);

/**
 * The intent of an inbound text that is a keyword and nothing else, in any case; only white space may follow. A sentence
 * with "stop" in it has no intent, nor has "Stop it!" (wire-data-plane section 13).
 */
export function intentOf(text: string): Intent | undefined {
  // Small letters, not capitals: "ſtop" and "quıt" would be STOP and QUIT in capitals.
  return intents.get(text.trimEnd().toLowerCase());
}

/**
 * What is answered to a keyword where nobody has chosen other words. The answers to stop and help are the vendor's; what it
 * says to those who start again is not known, so that one is ours (wire-data-plane section 13).
 */
export const defaultAnswers: Readonly<Record<Intent, string>> = {
  optout: 'You have been unsubscribed and will not receive any more messages from this number.',
  optin: 'You have been subscribed again and will receive messages from this number.',
  help: 'Text STOP to stop receiving messages from this number. Message and data rates may apply.',
};
