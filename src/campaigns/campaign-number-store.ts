// The SQL of the numbers that send for campaigns.
import type { Reader, Transaction } from '../db/db.ts';
import type { PageRequest } from '../http/page.ts';

/**
 * Reads the numbers of a campaign, or of all campaigns of a brand, and locks them before it is deleted: every transaction locks numbers
 * before campaigns.
 */
export async function lockNumbersOf(
  tx: Transaction,
  accountId: string,
  { campaignId, brandId }: { readonly campaignId?: string; readonly brandId?: string },
): Promise<void> {
  await tx.query(
    `select 1 from numbers where account_id = $1 and campaign_id = any(array(
       select campaign_id from campaigns where account_id = $1 and (campaign_id = $2 or brand_id = $3)))
     order by number for update`,
    [accountId, campaignId ?? null, brandId ?? null],
  );
}

/** Stores the campaign of locked numbers, or that they have none, with the commit. */
export function assignNumbers(tx: Transaction, numbers: readonly string[], campaignId: string | null): void {
  tx.send('update numbers set campaign_id = $2 where number = any($1) and campaign_id is distinct from $2', [
    numbers,
    campaignId,
  ]);
}

/** Returns a page of the numbers of a campaign, in order, or the one that is asked for. */
export async function listCampaignNumbers(
  reader: Reader,
  accountId: string,
  campaignId: string,
  number: string | undefined,
  page: PageRequest,
): Promise<string[]> {
  const rows = await reader.query<{ number: string }>(
    `select number from numbers where account_id = $1 and campaign_id = $2 and ($3::text is null or number = $3)
     order by number limit $4 offset $5`,
    [accountId, campaignId, number ?? null, page.limit, page.offset],
  );
  return rows.map((row) => row.number);
}

/** Returns how many numbers a campaign has. */
export async function countCampaignNumbers(
  reader: Reader,
  accountId: string,
  campaignId: string,
): Promise<number> {
  const rows = await reader.query<{ count: number }>(
    'select count(*) as count from numbers where account_id = $1 and campaign_id = $2',
    [accountId, campaignId],
  );
  return rows[0]?.count ?? 0;
}
