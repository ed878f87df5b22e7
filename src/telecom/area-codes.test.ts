// The area-code table, by examples, by its own consistency, and against libphonenumber.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import {
  findAreaCode,
  findRegion,
  findRegionCode,
  listAreaCodes,
  listRegions,
  regionName,
} from './area-codes.ts';

/** Old codes, and the newest overlays of each state, which other tables often lack. */
const places: [region: string, areaCodes: string][] = [
  ['US-AL', '205 483 659'],
  ['US-AR', '327'],
  ['US-CA', '213 310 350 357 369 415 738 837 840'],
  ['US-CO', '748 983'],
  ['US-CT', '203 959'],
  ['US-DC', '202 771'],
  ['US-FL', '324 645 656 728'],
  ['US-GA', '565 943'],
  ['US-IL', '730 861'],
  ['US-IN', '930'],
  ['US-LA', '457'],
  ['US-MD', '227'],
  ['US-MI', '679'],
  ['US-MN', '924'],
  ['US-MO', '235 975'],
  ['US-MS', '471'],
  ['US-NC', '472'],
  ['US-NY', '212 329 363 465 624 718'],
  ['US-OH', '283 436'],
  ['US-OK', '572'],
  ['US-PA', '582 835'],
  ['US-SC', '821 839'],
  ['US-TN', '729'],
  ['US-TX', '621 713 945'],
  ['US-VA', '686 826 948'],
  ['US-WI', '274 353'],
  ['CA-AB', '368'],
  ['CA-BC', '257 604'],
  ['CA-MB', '584'],
  ['CA-NB', '428'],
  ['CA-NL', '879'],
  ['CA-NS', '782 902'],
  ['CA-NT', '867'],
  ['CA-ON', '382 416 683 742 753 905 942'],
  ['CA-QC', '263 273 354 468'],
  ['CA-SK', '474'],
];

for (const [region, areaCodes] of places) {
  test(`${areaCodes} belong to ${region}`, () => {
    for (const areaCode of areaCodes.split(' ')) {
      const found = findAreaCode(areaCode);
      assert.deepEqual(
        [`${found?.countryIso2}-${found?.regionCodes[0]}`, found?.use],
        [region, 'geographic'],
      );
    }
  });
}

test('provinces that share a code all have it', () => {
  assert.deepEqual(findAreaCode('902')?.regionCodes, ['NS', 'PE']);
  assert.deepEqual(findAreaCode('867')?.regionCodes, ['NT', 'NU', 'YT']);
});

test('US territories and the islands are countries of their own', () => {
  const owners = ['787', '939', '671', '340', '684', '670', '242', '876', '829'].map((areaCode) => {
    const { countryIso2, regionCodes } = findAreaCode(areaCode) ?? {};
    return [countryIso2, regionCodes?.length];
  });
  const countries = ['PR', 'PR', 'GU', 'VI', 'AS', 'MP', 'BS', 'JM', 'DO'];
  assert.deepEqual(
    owners,
    countries.map((country) => [country, 0]),
  );
});

test('toll-free codes are those in use, and belong to the US', () => {
  const tollfree = listAreaCodes().filter(({ use }) => use === 'tollfree');
  assert.deepEqual(
    tollfree.map(({ areaCode, countryIso2 }) => `${areaCode} ${countryIso2}`),
    ['800 US', '833 US', '844 US', '855 US', '866 US', '877 US', '888 US'],
  );
});

test('unassigned codes are not found', () => {
  for (const areaCode of ['555', '911', '290', '822', '', '1415', 'abc', 'constructor']) {
    assert.equal(findAreaCode(areaCode), undefined, areaCode);
  }
});

test('every code is well formed, listed once and in order, and every region has one', () => {
  const all = listAreaCodes();
  assert.deepEqual(
    all.map(({ areaCode }) => areaCode),
    [...new Set(all.map(({ areaCode }) => areaCode))].sort(),
  );
  const regions = new Set<string>();
  for (const { areaCode, countryIso2, regionCodes, use } of all) {
    assert.match(areaCode, /^(?!.11)[2-9][0-8]\d$/);
    for (const regionCode of regionCodes) {
      assert.notEqual(regionName(countryIso2, regionCode), undefined, areaCode);
      regions.add(`${countryIso2}-${regionCode}`);
    }
    const hasRegions = use === 'geographic' && (countryIso2 === 'US' || countryIso2 === 'CA');
    assert.equal(regionCodes.length > 0, hasRegions, areaCode);
  }
  // Fifty states and DC; ten provinces and three territories.
  assert.equal(regions.size, 51 + 13);
});

test('libphonenumber returns the same country wherever it returns one', () => {
  let compared = 0;
  for (const { areaCode, countryIso2, use } of listAreaCodes()) {
    const country = parsePhoneNumberFromString(`+1${areaCode}2345678`)?.country;
    if (use !== 'geographic' || country === undefined) continue;
    assert.equal(countryIso2, country, areaCode);
    compared++;
  }
  assert.ok(compared > 400, `only ${compared} codes compared`);
});

const names: [country: string, code: string, name: string | undefined][] = [
  ['US', 'CA', 'California'],
  ['US', 'DC', 'District of Columbia'],
  ['CA', 'ON', 'Ontario'],
  ['CA', 'BC', 'British Columbia'],
  ['CA', 'CA', undefined],
  ['US', 'constructor', undefined],
  ['GB', 'ENG', undefined],
];

for (const [country, code, name] of names) {
  test(`${country}-${code} is ${name ?? 'no region'}`, () => assert.equal(regionName(country, code), name));
}

test('a region is found without its country', () => {
  assert.equal(findRegion('ca')?.name, 'California');
  assert.equal(findRegion(' Ontario')?.countryIso2, 'CA');
  assert.equal(findRegion('Bavaria'), undefined);
  const codes = listRegions().map(({ regionCode }) => regionCode);
  assert.equal(new Set(codes).size, 64, 'no state has the code of a province');
});

const searched: [country: string, text: string, code: string | undefined][] = [
  ['US', 'CA', 'CA'],
  ['US', 'ca', 'CA'],
  ['US', 'california', 'CA'],
  ['US', ' New York ', 'NY'],
  ['CA', 'ONTARIO', 'ON'],
  ['CA', 'California', undefined],
  ['US', 'Ontario', undefined],
  ['US', 'Calif', undefined],
  ['US', '', undefined],
  ['toString', 'CA', undefined],
];

for (const [country, text, code] of searched) {
  test(`"${text}" in ${country} is ${code ?? 'unknown'}`, () =>
    assert.equal(findRegionCode(country, text), code));
}
