// The published limits of campaigns, by score and use case.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attClassOf, type BrandType, limitsOf, tmobileTierOf } from './campaign.ts';

const cases: [
  type: BrandType,
  score: number | null,
  usecase: string,
  attClass: string,
  tier: string,
  limits: string,
][] = [
  ['STANDARD', 80, 'ACCOUNT_NOTIFICATION', 'A', 'TOP', '4500 200000'],
  ['STANDARD', 75, 'MIXED', 'B', 'TOP', '4500 200000'],
  ['STANDARD', 74, '2FA', 'C', 'HIGH_MID', '2400 40000'],
  ['STANDARD', 50, 'MARKETING', 'D', 'HIGH_MID', '2400 40000'],
  ['STANDARD', 49, '2FA', 'E', 'LOW_MID', '240 10000'],
  ['STANDARD', 24, 'MIXED', 'F', 'LOW', '240 2000'],
  ['STANDARD', null, '2FA', 'E', 'LOW', '240 2000'],
  ['STANDARD', 90, 'LOW_VOLUME', 'T', 'TOP', '75 200000'],
  ['SOLE_PROPRIETOR', null, 'SOLE_PROPRIETOR', 'W', 'SOLE_PROPRIETOR', '15 1000'],
];
for (const [brandType, vettingScore, usecase, attClass, tier, limits] of cases) {
  test(`${brandType} of score ${vettingScore}, ${usecase}: class ${attClass}, tier ${tier}, ${limits}`, () => {
    const brand = { brandType, vettingScore, dailySegments: null };
    const { perMinute, perDay } = limitsOf(brand, { usecase, segmentsPerMinute: null });
    assert.deepEqual(
      [attClassOf(brand, { usecase }), tmobileTierOf(brand), `${perMinute} ${perDay}`],
      [attClass, tier, limits],
    );
  });
}

test('own limits come first, and 0 is none', () => {
  const brand = { brandType: 'STANDARD', vettingScore: 80, dailySegments: 0 } as const;
  assert.deepEqual(limitsOf(brand, { usecase: '2FA', segmentsPerMinute: 60 }), {
    perMinute: 60,
    perDay: undefined,
  });
});
