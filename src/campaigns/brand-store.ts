// The SQL of brands.
import type { Reader, Transaction } from '../db/db.ts';
import { type Sorting, sortedText, sortedTexts } from '../db/sorted-texts.ts';
import type { PageRequest } from '../http/page.ts';
import type { Brand, BrandType } from './campaign.ts';

interface BrandRow {
  brand_id: string;
  alias: string;
  brand_type: BrandType;
  vetting_score: number | null;
  daily_segments: number | null;
  facts: Record<string, unknown>;
  created_at: Date;
}

const columns = 'brand_id, alias, brand_type, vetting_score, daily_segments, facts, created_at';

const fromRow = (row: BrandRow): Brand => ({
  brandId: row.brand_id,
  alias: row.alias,
  brandType: row.brand_type,
  vettingScore: row.vetting_score,
  dailySegments: row.daily_segments,
  facts: row.facts,
  createdAt: row.created_at,
});

/** Stores a brand. Returns false when the account has one of this id. */
export async function insertBrand(tx: Transaction, accountId: string, brand: Brand): Promise<boolean> {
  const rows = await tx.query(
    `insert into brands (account_id, ${columns}) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8)
     on conflict do nothing returning 1`,
    [accountId, ...valuesOf(brand), brand.createdAt],
  );
  if (rows.length === 0) return false;
  tx.send('insert into brand_pace (account_id, brand_id) values ($1, $2)', [accountId, brand.brandId]);
  return true;
}

/** Writes those settings of a brand that can be changed, with the commit. */
export function saveBrand(tx: Transaction, accountId: string, brand: Brand): void {
  tx.send(
    `update brands set alias = $3, brand_type = $4, vetting_score = $5, daily_segments = $6, facts = $7::jsonb
     where account_id = $1 and brand_id = $2`,
    [accountId, ...valuesOf(brand)],
  );
}

const valuesOf = ({ brandId, alias, brandType, vettingScore, dailySegments, facts }: Brand) => [
  brandId,
  alias,
  brandType,
  vettingScore,
  dailySegments,
  JSON.stringify(facts),
];

/** Returns a brand of an account. */
export async function getBrand(
  reader: Reader,
  accountId: string,
  brandId: string,
): Promise<Brand | undefined> {
  const rows = await reader.query<BrandRow>(
    `select ${columns} from brands where account_id = $1 and brand_id = $2`,
    [accountId, brandId],
  );
  return rows.map(fromRow)[0];
}

/** Returns a brand of an account, locked until the transaction ends. */
export async function lockBrand(
  tx: Transaction,
  accountId: string,
  brandId: string,
): Promise<Brand | undefined> {
  const rows = await tx.query<BrandRow>(
    `select ${columns} from brands where account_id = $1 and brand_id = $2 for no key update`,
    [accountId, brandId],
  );
  return rows.map(fromRow)[0];
}

const listed = 'account_id = $1 and ($2::text is null or brand_type = $2)';

/** By which brands can be put in order. */
export const brandOrders = ['brand_alias', 'vetting_score'] as const;
type BrandOrder = (typeof brandOrders)[number];

const lists = sortedTexts<BrandOrder>(
  { brand_alias: 'lower(alias)', vetting_score: 'vetting_score' },
  (order) =>
    `select ${columns} from brands where ${listed} order by ${order}created_at, brand_id limit $3 offset $4`,
);

/** Returns a page of an account's brands, of one type where it is given, in an order, by itself the oldest first. */
export async function listBrands(
  reader: Reader,
  accountId: string,
  type: BrandType | undefined,
  page: PageRequest,
  sorting?: Sorting<BrandOrder>,
): Promise<Brand[]> {
  const rows = await reader.query<BrandRow>(sortedText(lists, sorting), [
    accountId,
    type ?? null,
    page.limit,
    page.offset,
  ]);
  return rows.map(fromRow);
}

/** Returns how many brands `listBrands` would list on all pages. */
export async function countBrands(
  reader: Reader,
  accountId: string,
  type: BrandType | undefined,
): Promise<number> {
  const rows = await reader.query<{ count: number }>(`select count(*) as count from brands where ${listed}`, [
    accountId,
    type ?? null,
  ]);
  return rows[0]?.count ?? 0;
}

/** Deletes a brand, and its campaigns by cascade; their numbers must be locked. Returns whether there was one. */
export async function deleteBrand(tx: Transaction, accountId: string, brandId: string): Promise<boolean> {
  const rows = await tx.query('delete from brands where account_id = $1 and brand_id = $2 returning 1', [
    accountId,
    brandId,
  ]);
  return rows.length === 1;
}
