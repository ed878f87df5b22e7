// Keyword rules: what is read by them, what is answered, and which cannot be.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  answerOf,
  effectiveWords,
  type KeywordRules,
  problemOf,
  readKeyword,
  vendorRules,
} from './keyword-rules.ts';
import { defaultAnswersOf, type Intent, intents, languages } from './keywords.ts';

const rules = (changes: Partial<KeywordRules> = {}): KeywordRules => ({ ...vendorRules, ...changes });
const words = (own: Partial<Record<Intent, readonly string[]>>) => ({
  optout: [],
  optin: [],
  help: [],
  ...own,
});

describe('a text is read', () => {
  const spanish = rules({ languages: ['es'] });
  const own = rules({ words: words({ optout: ['No Thanks'], optin: ['Join!'], help: ['Who is this?'] }) });
  const lenient = rules({ matching: 'lenient' });
  for (const [what, text, by, intent] of [
    ['in Spanish', '¡Baja!', spanish, 'optout'],
    ['in Spanish, with its accent', 'SÍ', spanish, 'optin'],
    ['in Spanish, where that is no language', 'baja', vendorRules, undefined],
    ['in English everywhere', 'Stop', spanish, 'optout'],
    ['in French', 'ARRÊT.', rules({ languages: ['en', 'fr'] }), 'optout'],
    ['in French without its accents', 'desabonner', rules({ languages: ['fr'] }), 'optout'],
    ['as a word of its own', 'no  thanks', own, 'optout'],
    ['as a word of its own for start', 'join', own, 'optin'],
    ['as a word of its own for help', 'WHO IS THIS', own, 'help'],
    ['strictly: one word more', 'stop please', vendorRules, undefined],
    ['leniently: one word more', 'Stop. Thank you', lenient, 'optout'],
    ['leniently: courtesy before it', 'please stop texting me', lenient, 'optout'],
    ['leniently: two words', 'Opt out, now', lenient, 'optout'],
    ['leniently: only at the beginning', "don't stop", lenient, undefined],
    ['leniently: words that begin other sentences count alone', 'Cancel my order', lenient, undefined],
    ['leniently: and alone they do', 'Cancel.', lenient, 'optout'],
    ['leniently: start is read strictly', 'yes I would like to', lenient, undefined],
    ['leniently: help is read strictly', 'help yourself', lenient, undefined],
    ['leniently: a long text is no keyword', `stop ${'and go on '.repeat(20)}`, lenient, undefined],
    ['leniently: nothing but courtesy', 'please', lenient, undefined],
  ] as const) {
    test(what, () => assert.equal(readKeyword(text, by), intent));
  }
});

describe('an answer', () => {
  const both = rules({ languages: ['es', 'en'], brand: 'Acme' });
  for (const [what, by, intent, text, answer] of [
    ['is the vendor’s', vendorRules, 'optout', 'stop', defaultAnswersOf.en.optout],
    ['names the brand', rules({ brand: 'Acme' }), 'help', 'help', `Acme: ${defaultAnswersOf.en.help}`],
    ['is in the language of the word', both, 'optout', 'stop', `Acme: ${defaultAnswersOf.en.optout}`],
    [
      'is in the first language for any other',
      both,
      'optout',
      'genug',
      `Acme: ${defaultAnswersOf.es.optout}`,
    ],
    [
      'is the own text',
      rules({ answers: { optin: 'Hello again' }, brand: 'Acme' }),
      'optin',
      'go',
      'Hello again',
    ],
  ] as const) {
    test(what, () => assert.equal(answerOf(by, intent, text), answer));
  }
});

describe('rules cannot be', () => {
  for (const [what, changes, problem] of [
    [
      'with a word of two intents',
      { words: words({ optin: ['STOP!'] }) },
      'optin must not have "STOP!", which is a keyword of optout',
    ],
    [
      'with a word of another language’s other intent',
      { languages: ['es'], words: words({ help: ['baja'] }) },
      'help must not have "baja", which is a keyword of optout',
    ],
    [
      'with own words of two intents',
      { words: words({ optout: ['enough'], help: ['Enough'] }) },
      'optout must not have "enough", which is a keyword of help',
    ],
    [
      'with a word of nothing',
      { words: words({ optout: ['...'] }) },
      'optout must have keywords of one to 3 words',
    ],
    ['with a sentence', { words: words({ help: ['a b c d'] }) }, 'help must have keywords of one to 3 words'],
    [
      'with an answer that is a keyword',
      { answers: { help: 'Info' } },
      'help_answer must not make an answer that is a keyword itself: two machines would talk without end',
    ],
    [
      'with a brand that opts out',
      { matching: 'lenient', brand: 'Stop' },
      'brand must not make an answer that is a keyword itself: two machines would talk without end',
    ],
  ] as const) {
    test(what, () => assert.equal(problemOf(rules(changes as Partial<KeywordRules>)), problem));
  }

  test('else they can, the vendor’s first', () => {
    for (const language of languages)
      for (const matching of ['strict', 'lenient'] as const)
        assert.equal(
          problemOf(rules({ languages: [language], matching })),
          undefined,
          `${language} ${matching}`,
        );
  });
});

test('by all rules the words of opting out opt out, and no other reading comes before', () => {
  const own = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { maxLength: 5 });
  const anyRules = fc.record({
    languages: fc.uniqueArray(fc.constantFrom(...languages), { minLength: 1 }),
    matching: fc.constantFrom('strict', 'lenient'),
    words: fc.record({ optout: own, optin: fc.oneof(own, fc.constant(['stop'])), help: own }),
    brand: fc.option(fc.string(), { nil: undefined }),
    answers: fc.constant({}),
    answeredBy: fc.constantFrom('server', 'application'),
    allNumbers: fc.boolean(),
  }) as fc.Arbitrary<KeywordRules>;
  fc.assert(
    fc.property(anyRules, (drawn) => {
      for (const word of effectiveWords(vendorRules, 'optout'))
        assert.equal(readKeyword(word, drawn), 'optout');
      if (problemOf(drawn) !== undefined) return;
      for (const intent of intents)
        for (const word of drawn.words[intent]) assert.equal(readKeyword(word, drawn), intent);
    }),
    { seed: 20261130, numRuns: 500 },
  );
});
