// The keyword rules of a powerpack: languages, words, matching and answers. Pure.
import { defaultAnswersOf, type Intent, intents, type Language, plainWord, wordsOf } from './keywords.ts';

export const matchings = ['strict', 'lenient'] as const;
export const answerers = ['server', 'application'] as const;

export interface KeywordRules {
  /** Their words count beside the English ones, which always count; answers are in the first one. */
  readonly languages: readonly Language[];
  /** Strict: a text is a keyword and nothing else. Lenient: a text that begins with a word of opting out opts out. */
  readonly matching: (typeof matchings)[number];
  /** Words beside those of the languages, as they were written. */
  readonly words: Readonly<Record<Intent, readonly string[]>>;
  /** The sender, as answers that have no text of their own name it. */
  readonly brand: string | undefined;
  /** Texts in the place of the languages' own. */
  readonly answers: Readonly<Partial<Record<Intent, string>>>;
  /** Application: the server says nothing where an application is called. */
  readonly answeredBy: (typeof answerers)[number];
  /** Whether numbers of all countries and short codes follow keywords, instead of long codes and toll-free numbers of the US and Canada. */
  readonly allNumbers: boolean;
}

/** The rules of the vendor, for numbers without a powerpack and powerpacks without rules of their own. */
export const vendorRules: KeywordRules = {
  languages: ['en'],
  matching: 'strict',
  words: { optout: [], optin: [], help: [] },
  brand: undefined,
  answers: {},
  answeredBy: 'server',
  allNumbers: false,
};

/** The most characters of a text that is read leniently: a long one says something else. */
const maxLenientLength = 160;
/** The most words of a keyword. */
const maxWordsOfKeyword = 3;

/** Words of courtesy that may stand before a word of opting out. */
const courtesies: ReadonlySet<string> = new Set(['please', 'pls', 'svp', 'merci', 'favor', 'por']);
/** Words that begin other sentences too often: "cancel my order". Alone they count. */
const ambiguous: ReadonlySet<string> = new Set(['end', 'quit', 'cancel', 'cancelar']);

/** Returns the words of an intent, plain: the English ones, those of the languages, the own ones. */
export function effectiveWords({ languages, words }: KeywordRules, intent: Intent): readonly string[] {
  const standard = (['en', ...languages] as const).flatMap((language) => wordsOf[language][intent]);
  return [...new Set([...standard, ...words[intent].map(plainWord)])];
}

/** Returns the intent of a text by these rules. Opting out is looked for first. */
export function readKeyword(text: string, rules: KeywordRules): Intent | undefined {
  const plain = plainWord(text);
  const found = intents.find((intent) => effectiveWords(rules, intent).includes(plain));
  if (found !== undefined || rules.matching === 'strict') return found;
  return beginsWithOptOut(text, rules) ? 'optout' : undefined;
}

function beginsWithOptOut(text: string, rules: KeywordRules): boolean {
  if (text.length > maxLenientLength) return false;
  const tokens = text
    .split(/\p{White_Space}+/u)
    .map(plainWord)
    .filter((token) => token !== '');
  const first = tokens.findIndex((token) => !courtesies.has(token));
  if (first === -1) return false;
  const words = effectiveWords(rules, 'optout').filter((word) => !ambiguous.has(word));
  return Array.from({ length: maxWordsOfKeyword }, (_, index) =>
    tokens.slice(first, first + index + 1).join(' '),
  ).some((beginning) => words.includes(beginning));
}

/** Returns what is said in return to a text that was read as an intent by these rules: in the language of its word, else in the first one. */
export function answerOf(rules: KeywordRules, intent: Intent, text: string): string {
  const own = rules.answers[intent];
  if (own !== undefined) return own;
  const plain = plainWord(text);
  const language =
    rules.languages.find((known) => wordsOf[known][intent].includes(plain)) ?? rules.languages[0] ?? 'en';
  return standardAnswer(rules, intent, language);
}

const standardAnswer = ({ brand }: KeywordRules, intent: Intent, language: Language): string =>
  brand === undefined
    ? defaultAnswersOf[language][intent]
    : `${brand}: ${defaultAnswersOf[language][intent]}`;

/** Returns every text that the rules may answer to an intent. */
function possibleAnswers(rules: KeywordRules, intent: Intent): readonly string[] {
  const own = rules.answers[intent];
  if (own !== undefined) return [own];
  return rules.languages.map((language) => standardAnswer(rules, intent, language));
}

/** Returns why rules cannot be, in the names of the wire; undefined where they can. */
export function problemOf(rules: KeywordRules): string | undefined {
  for (const intent of intents) {
    for (const word of rules.words[intent]) {
      const plain = plainWord(word);
      const length = plain === '' ? 0 : plain.split(' ').length;
      if (length === 0 || length > maxWordsOfKeyword) {
        return `${intent} must have keywords of one to ${maxWordsOfKeyword} words`;
      }
      const other = intents.find((one) => one !== intent && effectiveWords(rules, one).includes(plain));
      if (other !== undefined) return `${intent} must not have "${word}", which is a keyword of ${other}`;
    }
  }
  for (const intent of intents) {
    const said = possibleAnswers(rules, intent).find(
      (answer) => readKeyword(answer, rules) !== undefined || readKeyword(answer, vendorRules) !== undefined,
    );
    if (said !== undefined) {
      const name = rules.answers[intent] === undefined ? 'brand' : `${intent}_answer`;
      return `${name} must not make an answer that is a keyword itself: two machines would talk without end`;
    }
  }
  return undefined;
}
