// Plain words (CONTRIBUTING.md), as far as a test can hold them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../../src/base/package-root.ts';

/** Folders of code. */
const code = ['bench', 'client', 'console', 'kits/node', 'scripts', 'src', 'test'];

/** Tests of migrations, which speak the names of tables in their time. */
const ofTheirTime = new Set([
  'src/messages/selection-migration.test.ts',
  'src/powerpacks/opt-outs/opt-out-migration.test.ts',
]);

/** Documents, but for pages that are written from `src/` and for the decisions, which are records and stay as they are. */
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'docs/alphanumeric-senders.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'docs/carriers.md',
  'docs/carriers/smpp.md',
  'docs/comparing.md',
  'docs/console.md',
  'docs/errors.md',
  'docs/glossary.md',
  'docs/installing.md',
  'docs/moving.md',
  'docs/operating.md',
  'docs/several-hosts.md',
  'docs/testing.md',
  ...readdirSync(join(packageRoot, 'docs/sdks')).map((file) => `docs/sdks/${file}`),
];

/**
 * Verbs that comments on functions begin with. A new one is added on purpose: one word for one thing. Components of the console
 * begin with "Shows" or "Draws".
 */
const verbs = new Set(
  [
    'Adds Applies Asks Calls Cancels Changes Checks Closes Compares Compiles Connects Copies Counts Delays Deletes Delivers Detaches Does Draws',
    'Drops Encodes Ends Enters Fills Follows Imports Installs Invalidates Joins Keeps Learns Leases Listens Loads Logs Makes',
    'Measures Moves Names Opens Parses Plays',
    'Prints Reads Records Removes Repeats Replaces Reserves Restores Returns Runs Schedules Selects Sends Shows Signs Starts Stops',
    'Stores Swaps Takes Throws Times Uploads Waits Writes Yields',
  ]
    .join(' ')
    .split(' '),
);

/** Openings that hide who acts. */
const riddles = /^(What|Whatever|Who|Whoever|Whom|Whose|Nobody|Somebody)\b/;

interface Place {
  readonly file: string;
  readonly text: string;
}

function readPlace(path: string): Place[] {
  const full = join(packageRoot, path);
  if (!statSync(full).isDirectory()) return [{ file: path, text: readFileSync(full, 'utf8') }];
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => /\.(ts|tsx|mjs)$/.test(file) && !file.includes('node_modules') && !file.endsWith('schema.ts'),
    )
    .flatMap((file) => readPlace(relative(packageRoot, join(full, file)).split(sep).join('/')));
}

const sources = code.flatMap(readPlace).filter(({ file }) => !ofTheirTime.has(file));
const pages = documents.flatMap(readPlace);

/** Reads the words in backticks of the glossary's last table, each with the word to use. */
const replaced: readonly (readonly [old: RegExp, plain: string])[] = (() => {
  const [, table = ''] = readFileSync(join(packageRoot, 'docs/glossary.md'), 'utf8').split(
    '## Words to replace',
  );
  return [...table.matchAll(/^\| (.*) \| (.*) \|$/gm)].flatMap(([, old = '', plain = '']) =>
    [...old.matchAll(/`([^`]+)`/g)].map(([, word = '']) => [new RegExp(`\\b${word}\\b`), plain] as const),
  );
})();

/** Returns a text in lower case with its compound names taken apart; names with `_` belong to the wire or to SQL and go. */
const wordsOf = (text: string): string =>
  text
    .replaceAll(/\b\w*_\w*\b/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();

describe('plain words', () => {
  test('code and documents use no word that the glossary replaces', () => {
    assert.ok(replaced.length > 20);
    const found = [...sources, ...pages].flatMap(({ file, text }) => {
      const [own = ''] = text.replaceAll(/^```[\s\S]*?^```/gm, '').split('## Words to replace');
      return own.split('\n').flatMap((line, index) => {
        const words = wordsOf(line);
        return replaced
          .filter(([old]) => old.test(words))
          .map(([old, plain]) => `${file}:${index + 1}: ${old.source}, say ${plain}`);
      });
    });
    assert.deepEqual(found, []);
  });

  test('no comment opens with a word that hides who acts', () => {
    const found = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/^(?:#!.*\n)?\/\/ (.*)|\/\*\*(?:\n\s*\*)? (.*)/g)]
        .map(([, heading, comment]) => heading ?? comment ?? '')
        .filter((line) => riddles.test(line))
        .map((line) => `${file}: ${line}`),
    );
    assert.deepEqual(found, []);
  });

  test('no title of a test opens with a word that hides who acts', () => {
    const found = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\b(?:test|describe)\(\s*['"`](.*)/g)]
        .map(([, title = '']) => title)
        .filter((title) => riddles.test(`${title.charAt(0).toUpperCase()}${title.slice(1)}`))
        .map((title) => `${file}: ${title}`),
    );
    assert.deepEqual(found, []);
  });

  test('a comment on a function begins with the verb of the function', () => {
    const functions =
      /\/\*\*(?:\n\s*\*)? (\S+)((?:(?!\*\/)[\s\S])*)\*\/\n\s*(?:(?:export )?(?:async )?function\*? (\w+)|(?:export )?const (\w+)[^=\n]*(?:=[^=\n]*)? = (?:async )?(?:<[^>]*>)?\([^;]*?=>|(?:async |static )*(#?\w+)\([^;\n]*\{$)/gm;
    const found = sources.flatMap(({ file, text }) =>
      [...text.matchAll(functions)]
        .filter(([, first = '']) => !verbs.has(first.replace(/,$/, '')) && !first.startsWith('@'))
        .map(
          ([, first, rest = '', ...names]) =>
            `${file}: ${names.find((name) => name !== undefined)}: ${first}${rest}`,
        ),
    );
    assert.deepEqual(found, []);
  });

  test('no sentence of a document opens with a word that hides who acts', () => {
    const found = pages.flatMap(({ file, text }) => {
      const prose = text
        .replaceAll(/```[\s\S]*?```/g, '')
        .replaceAll(/^(#|\||- \[|<!--).*$/gm, '')
        .replaceAll(/\s+/g, ' ');
      return prose
        .split(/(?<=[.!:*]) /)
        .filter((sentence) => riddles.test(sentence) && !sentence.endsWith('?'))
        .map((sentence) => `${file}: ${sentence}`);
    });
    assert.deepEqual(found, []);
  });
});
