// The intent of a message that is nothing but a keyword: stop, start, help. Pure.
import type { SenderKind } from '../../powerpacks/powerpack.ts';

export type Intent = 'optout' | 'optin' | 'help';

/** The union of what the vendor's pages have named over time (wire-data-plane section 13), and of what the US rules of 2025 name. */
export const keywords: Readonly<Record<Intent, readonly string[]>> = {
  optout: [
    ...['stop', 'stopall', 'stop all', 'end', 'quit', 'cancel', 'unsub', 'unsubscribe'],
    ...['revoke', 'optout', 'opt out', 'opt-out'],
  ],
  optin: ['start', 'unstop', 'yes', 'resume', 'resume all', 'go'],
  help: ['help', 'info'],
};

const intents: ReadonlyMap<string, Intent> = new Map([
  ...keywords.optout.map((keyword) => [keyword, 'optout'] as const),
  ...keywords.optin.map((keyword) => [keyword, 'optin'] as const),
  ...keywords.help.map((keyword) => [keyword, 'help'] as const),
]);

/** Characters without a picture of their own: marks of direction, joiners, fillers, controls. White space is not among them. */
const invisible = /(?!\p{White_Space})[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800]/gu;
/** Punctuation, and the signs that people use as quotes and brackets. Emoji say something and are not among them. */
const isAround = /[\p{White_Space}\p{P}\p{Sk}<>|+=~$]/u;

/**
 * Returns the intent of an inbound text that is a keyword and nothing else. Capitals, blanks, punctuation and quotes around it and
 * invisible characters do not count. One word more does: "Stop. Thank you" has no intent, nor has "Stop it!".
 */
export function intentOf(text: string): Intent | undefined {
  const characters = [...text.replace(invisible, '')];
  const isOfWord = (character: string) => !isAround.test(character);
  const word = characters
    .slice(characters.findIndex(isOfWord), characters.findLastIndex(isOfWord) + 1)
    .join('');
  const plain = word.replace(/\p{White_Space}+/gu, ' ').replace(/\p{Pd}/gu, '-');
  // Small letters, not capitals: "ſtop" and "quıt" would be STOP and QUIT in capitals.
  return intents.get(plain.toLowerCase());
}

/** The US with its territories, and Canada: American Samoa, Guam, the Northern Marianas, Puerto Rico, the US Virgin Islands. */
const keywordCountries: ReadonlySet<string> = new Set(['US', 'CA', 'AS', 'GU', 'MP', 'PR', 'VI']);

/** Returns whether a number of ours follows keywords: long codes and toll-free numbers of the US and Canada do (wire-data-plane section 13). */
export const followsKeywords = (number: {
  readonly kind: SenderKind;
  readonly countryIso2: string;
}): boolean => number.kind !== 'shortcode' && keywordCountries.has(number.countryIso2);

/**
 * Replies to keywords. The answers to stop and help are the vendor's; what it
 * says to those who start again is not known, so that one is ours (wire-data-plane section 13).
 */
export const defaultAnswers: Readonly<Record<Intent, string>> = {
  optout: 'You have been unsubscribed and will not receive any more messages from this number.',
  optin: 'You have been subscribed again and will receive messages from this number.',
  help: 'Text STOP to stop receiving messages from this number. Message and data rates may apply.',
};
