// The keyword rules of a powerpack as a form edits them. Pure.
import type { components } from '../../../client/src/schema.ts';

type Keywords = components['schemas']['Keywords'];
type Body = components['schemas']['UpdateKeywordsInput'];

export const languageChoices = [
  { value: 'en', label: 'English' },
  { value: 'en,es', label: 'English and Spanish' },
  { value: 'en,fr', label: 'English and French' },
  { value: 'en,fr,es', label: 'English, French and Spanish' },
  { value: 'fr', label: 'French' },
  { value: 'es', label: 'Spanish' },
];

/** Texts and flags of the form. */
interface KeywordDraft {
  readonly languages: string;
  readonly isLenient: boolean;
  readonly optout: string;
  readonly optin: string;
  readonly help: string;
  readonly brand: string;
  readonly optout_answer: string;
  readonly optin_answer: string;
  readonly help_answer: string;
  readonly isApplications: boolean;
  readonly isEverywhere: boolean;
}

/** Returns what the form shows at first. */
export const draftOfKeywords = (keywords: Keywords): KeywordDraft => ({
  languages: keywords.languages.join(','),
  isLenient: keywords.matching === 'lenient',
  optout: keywords.optout.join(', '),
  optin: keywords.optin.join(', '),
  help: keywords.help.join(', '),
  brand: keywords.brand ?? '',
  optout_answer: keywords.optout_answer ?? '',
  optin_answer: keywords.optin_answer ?? '',
  help_answer: keywords.help_answer ?? '',
  isApplications: keywords.answer === 'application',
  isEverywhere: keywords.all_numbers,
});

/** Returns the words of a field; `none` for an empty one. */
function wordsIn(text: string): string[] {
  const words = text.split(',').map((word) => word.trim());
  const given = words.filter((word) => word !== '');
  return given.length === 0 ? ['none'] : given;
}

/** Returns the request of a form. */
export const keywordsBody = (draft: KeywordDraft): Body => ({
  languages: draft.languages.split(',') as Keywords['languages'],
  matching: draft.isLenient ? 'lenient' : 'strict',
  optout: wordsIn(draft.optout),
  optin: wordsIn(draft.optin),
  help: wordsIn(draft.help),
  brand: draft.brand.trim() || 'none',
  optout_answer: draft.optout_answer.trim() || 'default',
  optin_answer: draft.optin_answer.trim() || 'default',
  help_answer: draft.help_answer.trim() || 'default',
  answer: draft.isApplications ? 'application' : 'server',
  all_numbers: draft.isEverywhere,
});
