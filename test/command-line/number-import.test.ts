// `rucksack number import` as people use it: a file of numbers, the bad rows of which are told by their lines.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { idIn, makeDataDirectory } from './data-directory.ts';

const { folder, rucksack } = await makeDataDirectory();

describe('rucksack number import', () => {
  let account = '';
  before(async () => {
    account = idIn((await rucksack('account', 'create', '--name', 'Example Ltd')).stdout);
  });
  const importFile = async (lines: readonly string[], ...options: string[]) => {
    const file = join(folder, 'numbers.csv');
    await writeFile(file, `${lines.join('\r\n')}\r\n`);
    return rucksack('number', 'import', file, '--account', account, ...options);
  };

  test('takes thousands of rows', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `+1415${2_000_000 + index},desk ${index}`);
    const { code, stdout } = await importFile(['number,alias', ...rows]);
    assert.deepEqual([code, stdout], [0, '3000 imported, 0 already there, 0 bad rows skipped\n']);
  });

  const withBadRows = [
    'number,alias,app_id',
    '442071838750,ok,',
    '"4155550100",no country,',
    '14152000001,there already,',
    '442071838751,,99',
  ];

  test('reports every bad row by its line, and then imports nothing', async () => {
    const { code, stdout, stderr } = await importFile(withBadRows);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^line 3: "4155550100" is not a phone number/m);
    assert.match(stderr, /^line 5: there is no application 99$/m);
    assert.match(stderr, /Nothing was imported: 2 of 4 rows are bad/);
  });

  test('skips them with --skip-bad', async () => {
    const { code, stdout } = await importFile(withBadRows, '--skip-bad');
    assert.deepEqual([code, stdout], [0, '1 imported, 1 already there, 2 bad rows skipped\n']);
  });

  test('reports rows that are wrong in the same way on one line', async () => {
    const { code, stderr } = await importFile([
      'number,alias',
      ...Array.from({ length: 8 }, () => '442071838762'),
    ]);
    assert.equal(code, 1);
    assert.equal(
      stderr,
      'lines 2, 3, 4, 5, 6 and 3 more: not as many fields as the header has\nNothing was imported: 8 of 8 rows are bad. Mend them, or pass --skip-bad.\n',
    );
  });

  test('reports a repeated number and an incomplete row', async () => {
    const { code, stderr } = await importFile([
      'number,alias',
      '442071838760,a',
      '+44 20 7183 8760,b',
      '442071838761,My, alias',
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /^line 3: 442071838760 stands on line 2 already$/m);
    assert.match(stderr, /^line 4: not as many fields as the header has$/m);
  });

  test('reads national numbers where a country is named, and refuses them otherwise', async () => {
    const national = ['number', '(201) 555-0111', '+44 20 7183 8770'];
    const refused = await importFile(national);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /^line 2: "\(201\) 555-0111" is not .*: did you mean 12015550111\?/m);
    const { code, stdout } = await importFile(national, '--country', 'us');
    assert.deepEqual([code, stdout], [0, '2 imported, 0 already there, 0 bad rows skipped\n']);
    const again = await importFile(['number', '12015550111', '442071838770', '1 201 555 0111'], '--skip-bad');
    assert.match(again.stderr, /^line 4: 12015550111 stands on line 2 already$/m);
    assert.match(again.stdout, /^0 imported, 2 already there/);
    const nowhere = await importFile(national, '--country', 'USA');
    assert.match(nowhere.stderr, /must be the ISO 3166-1 code of a country/);
  });

  for (const [what, separator, encoding] of [
    ['a semicolon between its columns and a byte order mark', ';', 'utf8'],
    ['tabs, in UTF-16', '\t', 'utf16le'],
  ] as const) {
    test(`takes a file of a spreadsheet with ${what}`, async () => {
      const rows = [
        ['number', 'alias'],
        [`4420718388${encoding.length}0`, `"Müller${separator} desk"`],
      ];
      const text = rows.map((row) => row.join(separator)).join('\r\n');
      const file = join(folder, 'spreadsheet.csv');
      await writeFile(file, Buffer.from(`\ufeff${text}\r\n`, encoding));
      const { code, stdout, stderr } = await rucksack('number', 'import', file, '--account', account);
      assert.deepEqual([code, stdout], [0, '1 imported, 0 already there, 0 bad rows skipped\n'], stderr);
    });
  }

  test('refuses a file that is not in UTF-8, whose letters would be lost', async () => {
    const file = join(folder, 'latin1.csv');
    await writeFile(file, Buffer.from('number,alias\n442071838790,Müller\n', 'latin1'));
    const { code, stderr } = await rucksack('number', 'import', file, '--account', account);
    assert.deepEqual(
      [code, stderr],
      [1, 'rucksack: the file is not in UTF-8; in a spreadsheet, save it as "CSV UTF-8"\n'],
    );
  });

  for (const [what, lines, sentence] of [
    ['a file without a number column', ['phone', '1'], /unknown column "phone"/],
    ['an empty file', [''], /needs a header with a column "number"/],
    ['a column that stands twice', ['number,number', '1,2'], /a column stands twice/],
    [
      'a quote that is never closed',
      ['number', '14155550100', '"14155550101', '14155550102'],
      /row that begins on line 3 is never closed/,
    ],
    ['a file that is no CSV', ['number', '1"4"155550100'], /not valid CSV/],
  ] as const) {
    test(`refuses ${what}`, async () => {
      const { code, stderr } = await importFile(lines);
      assert.equal(code, 1);
      assert.match(stderr, sentence);
    });
  }

  test('refuses a file that is not there', async () => {
    const { code, stderr } = await rucksack('number', 'import', join(folder, 'nowhere.csv'));
    assert.equal(code, 1);
    assert.match(stderr, /^rucksack: ENOENT.*nowhere\.csv/);
  });
});
