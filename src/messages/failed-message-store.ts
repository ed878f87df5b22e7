// The SQL that stores which messages have failed, beside the messages themselves, so that they can be counted without reading all.
import type { Transaction } from '../db/db.ts';
import { errorCodes } from './error-codes.ts';
import type { Message } from './message.ts';

const insertSql = `
  insert into failed_messages
    (message_id, account_id, subaccount_id, status, error_code, service, sender, powerpack_uuid, country_iso2, area_code)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::text[], $8::uuid[], $9::text[],
    $10::text[])
  on conflict (message_id) do nothing`;

/** Stores those of the messages that were to be sent and have failed, or were undelivered. */
export function noteFailures(tx: Transaction, messages: readonly Message[]): void {
  const failed = messages.filter(
    ({ direction, status }) => direction === 'outbound' && (status === 'failed' || status === 'undelivered'),
  );
  if (failed.length === 0) return;
  tx.send(insertSql, [
    failed.map(({ id }) => id),
    failed.map(({ accountId }) => accountId),
    failed.map(({ subaccountId }) => subaccountId ?? null),
    failed.map(({ status }) => status),
    failed.map(({ errorCode }) => errorCode ?? errorCodes.unknown.code),
    failed.map(({ service }) => service),
    failed.map(({ sender }) => sender),
    failed.map(({ powerpackUuid }) => powerpackUuid ?? null),
    failed.map(({ countryIso2 }) => countryIso2),
    failed.map(({ destination }) => areaCodeOf(destination)),
  ]);
}

/** Returns the area code of a number of the North American plan, whose last digits may be masked; empty elsewhere. */
const areaCodeOf = (destination: string): string => /^1(\d{3})[\d*]{7}$/.exec(destination)?.[1] ?? '';
