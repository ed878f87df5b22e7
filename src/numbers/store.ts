// The SQL of rented numbers and of numbers held after they were unrented.
import { scopeValues, visibleIn } from '../accounts/scope.ts';
import type { Reader, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { PageRequest } from '../http/page.ts';
import type { NumberKind, NumberType, RentedNumber, TollfreeVerification } from './number.ts';

interface NumberRow {
  number: string;
  account_id: string;
  subaccount_id: string | null;
  application_id: string | null;
  alias: string;
  kind: NumberKind;
  number_type: NumberType;
  country_iso2: string;
  region: string;
  carrier: string;
  sms_enabled: boolean;
  mms_enabled: boolean;
  voice_enabled: boolean;
  added_at: Date;
  tollfree_verification: TollfreeVerification | null;
  campaign_id: string | null;
}

/** The columns that rented and held numbers share; an unrented number leaves its campaign. */
export const numberColumns = `number, account_id, subaccount_id, application_id, alias, kind, number_type, country_iso2, region,
  carrier, sms_enabled, mms_enabled, voice_enabled, added_at, tollfree_verification`;

const fromRow = (row: NumberRow): RentedNumber => ({
  number: row.number,
  accountId: row.account_id,
  subaccountId: row.subaccount_id,
  applicationId: row.application_id,
  alias: row.alias,
  kind: row.kind,
  numberType: row.number_type,
  countryIso2: row.country_iso2,
  region: row.region,
  carrier: row.carrier,
  smsEnabled: row.sms_enabled,
  mmsEnabled: row.mms_enabled,
  voiceEnabled: row.voice_enabled,
  addedAt: row.added_at,
  tollfreeVerification: row.tollfree_verification,
  campaignId: row.campaign_id,
});

const visible = visibleIn();
const visibleNumbers = visibleIn('numbers');

/** A number as it is shown: with the application that its replies go to at present. */
export interface ShownNumber {
  readonly number: RentedNumber;
  readonly effectiveApplicationId: string | null;
  /** The powerpack that it is a member of. */
  readonly powerpackId: string | null;
  readonly subaccountName: string | null;
}

interface ShownRow extends NumberRow {
  effective_application_id: string | null;
  powerpack_uuid: string | null;
  subaccount_name: string | null;
}

const shown = `select numbers.*, effective_applications.application_id as effective_application_id,
    pooled_numbers.powerpack_uuid, accounts.name as subaccount_name
  from numbers
  join effective_applications on effective_applications.number = numbers.number
  left join pooled_numbers on pooled_numbers.number = numbers.number
  left join accounts on accounts.auth_id = numbers.subaccount_id`;

const shownFromRow = (row: ShownRow): ShownNumber => ({
  number: fromRow(row),
  effectiveApplicationId: row.effective_application_id,
  powerpackId: row.powerpack_uuid,
  subaccountName: row.subaccount_name,
});

/** Returns the number if the scope sees it. */
export async function getShownNumber(
  db: Reader,
  scope: Scope,
  number: string,
): Promise<ShownNumber | undefined> {
  const rows = await db.query<ShownRow>(`${shown} where ${visibleNumbers} and numbers.number = $3`, [
    ...scopeValues(scope),
    number,
  ]);
  return rows.map(shownFromRow)[0];
}

export interface NumberFilters {
  /** Numbers that begin with these digits. */
  readonly prefix: string | undefined;
  readonly numberTypes: readonly NumberType[] | undefined;
  readonly subaccountId: string | undefined;
  readonly alias: string | undefined;
  /** Whether it is in the pool of a powerpack. */
  readonly isPooled: boolean | undefined;
  /** Numbers whose replies go to this application at present. */
  readonly applicationId: string | undefined;
  readonly sms: boolean;
  readonly mms: boolean;
  readonly voice: boolean;
  readonly tollfreeVerification: TollfreeVerification | undefined;
  readonly campaignId: string | undefined;
  /** Whether it sends for a campaign. */
  readonly isRegistered: boolean | undefined;
}

const filtered = `${visibleNumbers}
  and ($3::text is null or starts_with(numbers.number, $3))
  and ($4::text[] is null or number_type = any($4))
  and ($5::text is null or numbers.subaccount_id = $5)
  and ($6::text is null or alias = $6)
  and (not $7::boolean or sms_enabled) and (not $8::boolean or mms_enabled) and (not $9::boolean or voice_enabled)
  and ($10::boolean is null or $10 = exists (
    select from pooled_numbers where pooled_numbers.number = numbers.number))
  and ($11::text is null or exists (
    select from effective_applications as effective
    where effective.number = numbers.number and effective.application_id = $11))
  and ($12::text is null or tollfree_verification = $12)
  and ($13::text is null or campaign_id = $13)
  and ($14::boolean is null or $14 = (campaign_id is not null))`;

const filterValues = (scope: Scope, filters: NumberFilters) => [
  ...scopeValues(scope),
  filters.prefix ?? null,
  filters.numberTypes ?? null,
  filters.subaccountId ?? null,
  filters.alias ?? null,
  filters.sms,
  filters.mms,
  filters.voice,
  filters.isPooled ?? null,
  filters.applicationId ?? null,
  filters.tollfreeVerification ?? null,
  filters.campaignId ?? null,
  filters.isRegistered ?? null,
];

/** Returns a page of the numbers that the scope sees and the filters leave, in the order of their digits. */
export async function listNumbers(
  db: Reader,
  scope: Scope,
  filters: NumberFilters,
  page: PageRequest,
): Promise<ShownNumber[]> {
  const rows = await db.query<ShownRow>(
    `${shown} where ${filtered} order by numbers.number limit $15 offset $16`,
    [...filterValues(scope, filters), page.limit, page.offset],
  );
  return rows.map(shownFromRow);
}

/** Returns how many numbers `listNumbers` would list on all pages. */
export async function countNumbers(db: Reader, scope: Scope, filters: NumberFilters): Promise<number> {
  const rows = await db.query<{ count: number }>(
    `select count(*) as count from numbers where ${filtered}`,
    filterValues(scope, filters),
  );
  return rows[0]?.count ?? 0;
}

/** Returns the number if the scope owns it, locked until the transaction ends. */
export async function lockNumber(
  tx: Transaction,
  scope: Scope,
  number: string,
): Promise<RentedNumber | undefined> {
  const rows = await tx.query<NumberRow>(
    `select ${numberColumns}, campaign_id from numbers where ${visible} and number = $3 for update`,
    [...scopeValues(scope), number],
  );
  return rows.map(fromRow)[0];
}

/** Returns those of the numbers that the scope owns, locked in order: two that lock many never wait for each other. */
export async function lockNumbers(
  tx: Transaction,
  scope: Scope,
  numbers: readonly string[],
): Promise<RentedNumber[]> {
  const rows = await tx.query<NumberRow>(
    `select ${numberColumns}, campaign_id from numbers where ${visible} and number = any($3) order by number for update`,
    [...scopeValues(scope), numbers],
  );
  return rows.map(fromRow);
}

/** Stores numbers that have no owner, in one statement. Returns those that were stored. */
export async function insertNumbers(tx: Transaction, numbers: readonly RentedNumber[]): Promise<Set<string>> {
  const column = <Key extends keyof RentedNumber>(key: Key) => numbers.map((number) => number[key]);
  const rows = await tx.query<{ number: string }>(
    `insert into numbers (${numberColumns})
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[], $10::text[], $11::boolean[], $12::boolean[], $13::boolean[], $14::timestamptz[], $15::text[])
     on conflict (number) do nothing returning number`,
    [
      column('number'),
      column('accountId'),
      column('subaccountId'),
      column('applicationId'),
      column('alias'),
      column('kind'),
      column('numberType'),
      column('countryIso2'),
      column('region'),
      column('carrier'),
      column('smsEnabled'),
      column('mmsEnabled'),
      column('voiceEnabled'),
      column('addedAt'),
      column('tollfreeVerification'),
    ],
  );
  return new Set(rows.map((row) => row.number));
}

/** Writes what of a number can be changed: its subaccount, application, alias and verification. */
export async function saveNumber(tx: Transaction, number: RentedNumber): Promise<void> {
  await tx.query(
    `update numbers set subaccount_id = $2, application_id = $3, alias = $4, tollfree_verification = $5
     where number = $1`,
    [number.number, number.subaccountId, number.applicationId, number.alias, number.tollfreeVerification],
  );
}

/** Changes the application of a number. */
export async function saveApplicationOf(
  tx: Transaction,
  number: string,
  applicationId: string | null,
): Promise<void> {
  await tx.query('update numbers set application_id = $2 where number = $1', [number, applicationId]);
}

/** The account that owns a number, or that it is held for. */
export interface NumberOwner {
  readonly accountId: string;
  readonly subaccountId: string | null;
}

export interface OwnerRow {
  number: string;
  account_id: string;
  subaccount_id: string | null;
}

/** Returns owners by number. */
export const ownersFromRows = (rows: readonly OwnerRow[]): Map<string, NumberOwner> =>
  new Map(rows.map((row) => [row.number, { accountId: row.account_id, subaccountId: row.subaccount_id }]));

/** Returns the owners of these numbers; a number without an owner is absent. */
export async function findOwners(db: Reader, numbers: readonly string[]): Promise<Map<string, NumberOwner>> {
  const rows = await db.query<OwnerRow>(
    'select number, account_id, subaccount_id from numbers where number = any($1)',
    [numbers],
  );
  return ownersFromRows(rows);
}

/** Returns the account of the pool that a number is in, if it is in one: read from a view, because pools are a higher layer. */
export async function findPoolOwner(tx: Transaction, number: string): Promise<string | undefined> {
  const rows = await tx.query<{ account_id: string }>(
    'select account_id from pooled_numbers where number = $1',
    [number],
  );
  return rows[0]?.account_id;
}

/** Returns how many long codes under +1 the scope has in each area code that could be added to a pool: they are in none and send texts. */
export async function countSpareAreas(db: Reader, scope: Scope): Promise<Map<string, number>> {
  const rows = await db.query<{ area_code: string; count: number }>(
    `select substr(number, 2, 3) as area_code, count(*) as count from numbers
     where ${visibleNumbers} and kind = 'longcode' and number like '1__________' and sms_enabled
       and not exists (select from pooled_numbers where pooled_numbers.number = numbers.number)
     group by area_code`,
    scopeValues(scope),
  );
  return new Map(rows.map((row) => [row.area_code, row.count]));
}
