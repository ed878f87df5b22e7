// The documents that are written by program, in whole or in part: which they are, and what they should say.
import { describeApi } from '../../src/api/reference/openapi.ts';
import { routes } from '../../src/api/routes.ts';
import { variables } from '../../src/base/config.ts';
import { errorKinds } from '../../src/base/errors.ts';
import { defaultAnswersOf, type Intent, languages, wordsOf } from '../../src/powerpacks/keywords/keywords.ts';
import { ownEndpoints, renderCoverage } from './coverage.ts';
import { markdownTable, replacePart } from './markdown.ts';
import { vendorEndpoints } from './vendor-endpoints.ts';

export interface WrittenDocument {
  /** Below the root of the project. */
  readonly path: string;
  /** Returns the new text of a document, given its present text. */
  readonly write: (present: string) => string;
}

export const documents: readonly WrittenDocument[] = [
  {
    path: 'docs/coverage.md',
    write: () => renderCoverage(ownEndpoints(describeApi(routes, '', undefined).paths), vendorEndpoints),
  },
  {
    path: 'docs/operating.md',
    write: (present) =>
      replacePart(replacePart(present, 'settings', settingsTable()), 'keywords', keywordTable()),
  },
  { path: 'docs/errors.md', write: (present) => replacePart(present, 'statuses', statusTable()) },
];

function settingsTable(): string {
  const rows = Object.entries(variables).map(([name, { type, defaultText, about }]) => [
    `\`${name}\``,
    type,
    defaultText === undefined || defaultText === '' ? '' : `\`${defaultText}\``,
    about,
  ]);
  return markdownTable(['Variable', 'Type', 'Default', 'Meaning'], rows);
}

function keywordTable(): string {
  const rows = languages.flatMap((language) =>
    (Object.entries(wordsOf[language]) as [Intent, readonly string[]][]).map(([intent, words]) => [
      language,
      words.map((word) => word.toUpperCase()).join(', '),
      `\`${intent}\``,
      defaultAnswersOf[language][intent],
    ]),
  );
  return markdownTable(['Language', 'Words', '`MessageIntent`', 'Answer'], rows);
}

function statusTable(): string {
  const kinds = Object.values(errorKinds).toSorted((one, other) => one.status - other.status);
  return markdownTable(
    ['Status', 'Sentence, where there is no better one'],
    kinds.map(({ status, sentence }) => [String(status), sentence]),
  );
}
