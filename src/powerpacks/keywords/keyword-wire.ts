// The names that the API gives to the keyword rules of a powerpack: extensions, in the vendor's style.
import { type Static, Type } from 'typebox';
import { answerers, answerOf, effectiveWords, type KeywordRules, matchings } from './keyword-rules.ts';
import { type Intent, intents, languages } from './keywords.ts';

const maxWords = 20;
const maxWordLength = 40;
/** Two segments of GSM-7; registries of campaigns take up to 320 characters. */
const maxAnswerLength = 320;

const ownWords = (about: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: maxWordLength, trim: true }), {
      maxItems: maxWords,
      separator: ',',
      description: `${about}, beside those of the languages; \`none\` for none. They replace the own words of before.`,
    }),
  );

const ownAnswer = (about: string) =>
  Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: maxAnswerLength,
      trim: true,
      nullMeans: 'default',
      description: `What is said in return to ${about}; \`default\` for the text of the language.`,
    }),
  );

export const UpdateKeywordsInput = Type.Object({
  languages: Type.Optional(
    Type.Array(Type.Enum([...languages]), {
      maxItems: languages.length,
      separator: ',',
      description:
        'Whose words count: en, fr, es. The English ones always do. Answers are in the language of the word, else in the first one.',
    }),
  ),
  matching: Type.Optional(
    Type.Enum([...matchings], {
      description:
        '`strict` (the default): a text is a keyword and nothing else. `lenient`: a text that begins with a word of opting out opts out, as "Stop texting me".',
    }),
  ),
  optout: ownWords('Words of opting out'),
  optin: ownWords('Words of opting in'),
  help: ownWords('Words that ask for help'),
  brand: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 40,
      trim: true,
      nullMeans: 'none',
      description: 'The sender, with which answers begin that have no text of their own; `none` for none.',
    }),
  ),
  optout_answer: ownAnswer('opting out'),
  optin_answer: ownAnswer('opting in'),
  help_answer: ownAnswer('asking for help'),
  answer: Type.Optional(
    Type.Enum([...answerers], {
      description:
        'Who answers: the `server` (the default), or the `application`, by its XML or a request; where none is called the server does.',
    }),
  ),
  all_numbers: Type.Optional(
    Type.Boolean({
      description:
        'Whether numbers of all countries and short codes follow keywords. Default false: long codes and toll-free numbers of the US and Canada.',
    }),
  ),
});

/** Returns the own words of an intent after an update. An empty list means "not given", so that `none` takes them away. */
const wordsAfter = (given: readonly string[] | undefined, present: readonly string[]): readonly string[] =>
  given === undefined ? present : given.length === 1 && given[0]?.toLowerCase() === 'none' ? [] : given;

/** Returns rules with what an update gives. */
export function rulesFromWire(
  present: KeywordRules,
  input: Static<typeof UpdateKeywordsInput>,
): KeywordRules {
  const answers = Object.fromEntries(
    intents.flatMap((intent) => {
      const given = input[`${intent}_answer`] ?? present.answers[intent];
      return given === undefined || given === 'default' ? [] : [[intent, given]];
    }),
  );
  const brand = input.brand ?? present.brand;
  return {
    languages: input.languages === undefined ? present.languages : [...new Set(input.languages)],
    matching: input.matching ?? present.matching,
    words: {
      optout: wordsAfter(input.optout, present.words.optout),
      optin: wordsAfter(input.optin, present.words.optin),
      help: wordsAfter(input.help, present.words.help),
    },
    brand: brand === 'none' ? undefined : brand,
    answers,
    answeredBy: input.answer ?? present.answeredBy,
    allNumbers: input.all_numbers ?? present.allNumbers,
  };
}

const nullableText = (about: string) => Type.Union([Type.String(), Type.Null()], { description: about });
const words = Type.Array(Type.String());

export const KeywordsBody = Type.Object({
  all_numbers: Type.Boolean(),
  answer: Type.Enum([...answerers]),
  brand: nullableText('null where answers name no sender.'),
  help: words,
  help_answer: nullableText('null for the text of the language.'),
  languages: Type.Array(Type.Enum([...languages])),
  matching: Type.Enum([...matchings]),
  optin: words,
  optin_answer: nullableText('null for the text of the language.'),
  optout: words,
  optout_answer: nullableText('null for the text of the language.'),
  registration: Type.Object(
    {
      help_keywords: Type.String(),
      help_message: Type.String(),
      optin_keywords: Type.String(),
      optin_message: Type.String(),
      optout_keywords: Type.String(),
      optout_message: Type.String(),
    },
    { description: 'All words and the answers, as the registration of a 10DLC campaign asks for them.' },
  ),
});

export function keywordsToWire(rules: KeywordRules): Static<typeof KeywordsBody> {
  const keywordsOf = (intent: Intent) =>
    effectiveWords(rules, intent)
      .map((word) => word.toUpperCase())
      .join(',');
  const messageOf = (intent: Intent) => answerOf(rules, intent, '');
  return {
    all_numbers: rules.allNumbers,
    answer: rules.answeredBy,
    brand: rules.brand ?? null,
    help: [...rules.words.help],
    help_answer: rules.answers.help ?? null,
    languages: [...rules.languages],
    matching: rules.matching,
    optin: [...rules.words.optin],
    optin_answer: rules.answers.optin ?? null,
    optout: [...rules.words.optout],
    optout_answer: rules.answers.optout ?? null,
    registration: {
      help_keywords: keywordsOf('help'),
      help_message: messageOf('help'),
      optin_keywords: keywordsOf('optin'),
      optin_message: messageOf('optin'),
      optout_keywords: keywordsOf('optout'),
      optout_message: messageOf('optout'),
    },
  };
}
