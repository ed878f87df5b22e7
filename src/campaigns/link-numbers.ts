// Adds numbers to a campaign, and removes them.
import { ApiError } from '../base/errors.ts';
import type { Db } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { RentedNumber } from '../numbers/number.ts';
import { lockNumbers } from '../numbers/store.ts';
import { assignNumbers } from './campaign-number-store.ts';
import { requireLockedCampaign } from './require-campaign.ts';

/**
 * Adds numbers to a campaign: all of them or none.
 * @throws ApiError notFound (campaign, a number), invalid for a number that is no long code of the US, conflict for one of another
 *   campaign; each names the number.
 */
export function linkNumbers(
  db: Db,
  scope: Scope,
  campaignId: string,
  digits: readonly string[],
): Promise<void> {
  return db.transaction(async (tx) => {
    const numbers = await lockNumbers(tx, scope, digits);
    await requireLockedCampaign(tx, scope, campaignId);
    const found = new Map(numbers.map((number) => [number.number, number]));
    for (const number of digits) {
      const refusal = refusalOf(number, found.get(number), campaignId);
      if (refusal !== undefined) throw refusal;
    }
    assignNumbers(tx, digits, campaignId);
  });
}

function refusalOf(
  digits: string,
  number: RentedNumber | undefined,
  campaignId: string,
): ApiError | undefined {
  if (number === undefined) return new ApiError('notFound', `number ${digits} not found in this account`);
  if (number.kind !== 'longcode' || number.countryIso2 !== 'US')
    return new ApiError('invalid', `numbers must be long codes of the US: ${digits} is none`);
  if (number.campaignId !== null && number.campaignId !== campaignId)
    return new ApiError('conflict', `number ${digits} belongs to the campaign ${number.campaignId}`);
  return undefined;
}

/**
 * Removes a number from a campaign.
 * @throws ApiError notFound
 */
export function unlinkNumber(db: Db, scope: Scope, campaignId: string, digits: string): Promise<void> {
  return db.transaction(async (tx) => {
    const [number] = await lockNumbers(tx, scope, [digits]);
    if (number?.campaignId !== campaignId)
      throw new ApiError('notFound', 'number not found in this campaign');
    assignNumbers(tx, [digits], null);
  });
}
