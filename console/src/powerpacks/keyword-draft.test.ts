// The form of keywords: what it shows, and what it sends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOfKeywords, keywordsBody } from './keyword-draft.ts';

const nothing = {
  all_numbers: false,
  answer: 'server',
  brand: null,
  help: [],
  help_answer: null,
  languages: ['en'],
  matching: 'strict',
  optin: [],
  optin_answer: null,
  optout: [],
  optout_answer: null,
  registration: {
    help_keywords: '',
    help_message: '',
    optin_keywords: '',
    optin_message: '',
    optout_keywords: '',
    optout_message: '',
  },
} satisfies Parameters<typeof draftOfKeywords>[0];

test('an empty form takes everything away', () => {
  assert.deepEqual(keywordsBody(draftOfKeywords(nothing)), {
    all_numbers: false,
    answer: 'server',
    brand: 'none',
    help: ['none'],
    help_answer: 'default',
    languages: ['en'],
    matching: 'strict',
    optin: ['none'],
    optin_answer: 'default',
    optout: ['none'],
    optout_answer: 'default',
  });
});

test('the rules of the server are shown and sent as they are', () => {
  const rules = { languages: ['en' as const, 'fr' as const], optout: ['no thanks', 'enough'], brand: 'Acme' };
  const draft = draftOfKeywords({ ...nothing, ...rules, matching: 'lenient', answer: 'application' });
  assert.deepEqual([draft.languages, draft.optout, draft.isLenient], ['en,fr', 'no thanks, enough', true]);
  const { languages, optout, brand, answer } = keywordsBody({ ...draft, optout: ' no thanks,, enough ' });
  assert.deepEqual({ languages, optout, brand, answer }, { ...rules, answer: 'application' });
});
