// SQL of the messages that reports speak of: found by a carrier's names for them or by our own reference.
import type { DeliveryReport } from '../../carriers/carrier.ts';
import type { Reader } from '../../db/db.ts';
import { isUuid } from '../../http/schemas.ts';
import type { Status } from '../message.ts';

/** A report and the carrier that made it. */
export interface CarrierReport extends DeliveryReport {
  readonly carrier: string;
}

/** The message that a report speaks of. */
export interface ReportedMessage {
  readonly id: string;
  readonly sender: string;
  readonly countryIso2: string;
  readonly status: Status;
  /** Which of its parts, and the name by which it was found; undefined where it was found by reference or is one part. */
  readonly part: { readonly number: number; readonly name: string } | undefined;
}

interface MessageRow {
  id: string;
  sender: string;
  country_iso2: string;
  status: Status;
  destination: string;
}

interface NamedRow extends MessageRow {
  report: number;
  rank: number;
  name: string;
  part: number | null;
}

const namedSql = `
  select wanted.report, wanted.rank, carrier_message_id as name, part, messages.id, sender, country_iso2, status, destination
  from unnest($1::integer[], $2::integer[], $3::text[], $4::text[])
    as wanted (report, rank, carrier, carrier_message_id)
  join carrier_messages using (carrier, carrier_message_id)
  join messages on messages.id = carrier_messages.message_id
  order by report, rank`;

const referredSql = `
  select id, sender, country_iso2, status, destination from messages
  where id = any($1::uuid[]) and direction = 'outbound'`;

/**
 * Returns the messages that reports speak of, in the order of the reports; undefined where none is known. Our own reference counts first,
 * then the likeliest name whose message went to the report's destination (carriers.md section 4.7).
 */
export async function findReported(
  db: Reader,
  reports: readonly CarrierReport[],
): Promise<(ReportedMessage | undefined)[]> {
  const [named, referred] = [await findNamed(db, reports), await findReferred(db, reports)];
  return reports.map((report, index) => {
    const byName = (named.get(index) ?? []).filter((row) => hasDestination(row, report));
    if (report.reference === undefined) return fromNamedRow(byName[0]);
    const row = referred.get(report.reference.toLowerCase());
    if (row === undefined || !hasDestination(row, report)) return undefined;
    return fromNamedRow(byName.find(({ id }) => id === row.id)) ?? fromRow(row, undefined);
  });
}

/** Returns the messages of names by the report's place in the list, the likeliest first. */
async function findNamed(
  db: Reader,
  reports: readonly CarrierReport[],
): Promise<ReadonlyMap<number, readonly NamedRow[]>> {
  const wanted = reports.flatMap(({ carrier, names }, report) =>
    names.map((name, rank) => ({ report, rank, carrier, name })),
  );
  if (wanted.length === 0) return new Map();
  const rows = await db.query<NamedRow>(namedSql, [
    wanted.map(({ report }) => report),
    wanted.map(({ rank }) => rank),
    wanted.map(({ carrier }) => carrier),
    wanted.map(({ name }) => name),
  ]);
  const byReport = new Map<number, NamedRow[]>();
  for (const row of rows) {
    const before = byReport.get(row.report);
    if (before === undefined) byReport.set(row.report, [row]);
    else before.push(row);
  }
  return byReport;
}

async function findReferred(
  db: Reader,
  reports: readonly CarrierReport[],
): Promise<ReadonlyMap<string, MessageRow>> {
  const references = reports.flatMap(({ reference = '' }) => (isUuid(reference) ? [reference] : []));
  if (references.length === 0) return new Map();
  const rows = await db.query<MessageRow>(referredSql, [references]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Carriers write numbers in national and international form: the last digits are those that agree. */
const comparedDigits = 7;

/** Returns whether a message went where its report says; a report without a destination speaks of any. */
function hasDestination({ destination }: MessageRow, report: CarrierReport): boolean {
  const said = report.destination?.replaceAll(/\D/g, '') ?? '';
  return said === '' || destination.endsWith(said.slice(-comparedDigits));
}

const fromNamedRow = (row: NamedRow | undefined): ReportedMessage | undefined =>
  row === undefined
    ? undefined
    : fromRow(row, row.part === null ? undefined : { number: row.part, name: row.name });

const fromRow = (
  { id, sender, country_iso2: countryIso2, status }: MessageRow,
  part: ReportedMessage['part'],
): ReportedMessage => ({ id, sender, countryIso2, status, part });
