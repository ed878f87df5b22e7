// The SQL of the keyword rules of powerpacks.
import type { Reader, Transaction } from '../../db/db.ts';
import { type KeywordRules, vendorRules } from './keyword-rules.ts';

/** Rules as they are stored: what differs from the vendor's, by our own names. */
type StoredRules = Partial<KeywordRules>;

/** Returns the rules of a row; those of the vendor where there are none. */
export const rulesFromRow = (stored: StoredRules | null): KeywordRules => ({
  ...vendorRules,
  ...(stored ?? {}),
});

/** Returns the rules of powerpacks that have their own, deleted ones included: a person may still answer them. */
export async function loadOwnRules(
  reader: Reader,
  uuids: readonly string[],
): Promise<ReadonlyMap<string, KeywordRules>> {
  if (uuids.length === 0) return new Map();
  const rows = await reader.query<{ uuid: string; keyword_rules: StoredRules }>(
    'select uuid, keyword_rules from powerpacks where uuid = any($1::uuid[]) and keyword_rules is not null',
    [uuids],
  );
  return new Map(rows.map((row) => [row.uuid, rulesFromRow(row.keyword_rules)]));
}

/** Stores the rules of a powerpack, which is locked; undefined for the vendor's. */
export async function saveRules(
  tx: Transaction,
  uuid: string,
  rules: KeywordRules | undefined,
): Promise<void> {
  await tx.query('update powerpacks set keyword_rules = $2::jsonb where uuid = $1', [
    uuid,
    rules === undefined ? null : JSON.stringify(rules),
  ]);
}
