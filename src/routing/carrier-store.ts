// The SQL of carriers.
import type { Reader, Transaction } from '../db/db.ts';
import type { Service } from '../telecom/service.ts';

/** The origin of a carrier or a route. Those of the file are changed there. */
export type Source = 'file' | 'api';

/** A carrier that is stored. */
export interface StoredCarrier {
  readonly name: string;
  /** Its entry without secrets. */
  readonly written: Readonly<Record<string, unknown>>;
  readonly services: readonly Service[];
  /** Undefined where there are none, and where the file has them. */
  readonly encryptedSecrets: Uint8Array | undefined;
  readonly source: Source;
  /** Whether it is to take nothing new. */
  readonly isDraining: boolean;
}

interface CarrierRow {
  name: string;
  written: Readonly<Record<string, unknown>>;
  services: Service[];
  encrypted_secrets: Uint8Array | null;
  source: Source;
  draining: boolean;
}

const fromRow = (row: CarrierRow): StoredCarrier => ({
  name: row.name,
  written: row.written,
  services: row.services,
  encryptedSecrets: row.encrypted_secrets ?? undefined,
  source: row.source,
  isDraining: row.draining,
});

/** Returns all carriers in the order of their names; there are a hundred at most. */
export async function listCarriers(reader: Reader): Promise<StoredCarrier[]> {
  const rows = await reader.query<CarrierRow>('select * from carriers order by name');
  return rows.map(fromRow);
}

/** Returns the carrier of a name. */
export async function getCarrier(reader: Reader, name: string): Promise<StoredCarrier | undefined> {
  const rows = await reader.query<CarrierRow>('select * from carriers where name = $1', [name]);
  return rows.map(fromRow)[0];
}

/** Adds a carrier of a new name. */
export async function insertCarrier(tx: Transaction, carrier: StoredCarrier, now: Date): Promise<void> {
  await tx.query(
    `insert into carriers (name, written, services, encrypted_secrets, source, draining, changed_at)
     values ($1, $2::jsonb, $3, $4, $5, $6, $7)`,
    [
      carrier.name,
      JSON.stringify(carrier.written),
      carrier.services,
      carrier.encryptedSecrets ?? null,
      carrier.source,
      carrier.isDraining,
      now,
    ],
  );
}

/** Writes the entry of a carrier, and whether it takes anything new. */
export async function saveCarrier(tx: Transaction, carrier: StoredCarrier, now: Date): Promise<void> {
  await tx.query(
    `update carriers set written = $2::jsonb, services = $3, encrypted_secrets = $4, draining = $5, changed_at = $6
     where name = $1`,
    [
      carrier.name,
      JSON.stringify(carrier.written),
      carrier.services,
      carrier.encryptedSecrets ?? null,
      carrier.isDraining,
      now,
    ],
  );
}

/** Deletes a carrier. */
export async function deleteCarrier(tx: Transaction, name: string): Promise<void> {
  await tx.query('delete from carriers where name = $1', [name]);
}
