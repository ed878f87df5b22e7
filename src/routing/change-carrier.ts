// Creates, updates, drains and deletes carriers that the API made. Those of the operator's file are changed there.
import type { Encrypter } from '../base/encrypt.ts';
import { ApiError } from '../base/errors.ts';
import { type CarrierEntry, readCarrierEntry, servicesOf } from '../carriers/carrier-config.ts';
import { isSecretKey } from '../carriers/carrier-secrets.ts';
import { simulatorName } from '../carriers/simulator/config.ts';
import type { Db, Reader, Transaction } from '../db/db.ts';
import type { Notifier } from '../events/notifier.ts';
import { maxCarriers } from './carrier-file.ts';
import {
  deleteCarrier as deleteRow,
  getCarrier,
  insertCarrier,
  listCarriers,
  type StoredCarrier,
  saveCarrier,
} from './carrier-store.ts';
import { changeRouting } from './change-routing.ts';
import { checkRoute } from './check-route.ts';
import { countRoutes, listRoutes } from './route-store.ts';

/** The entry of a carrier as a caller writes it. */
export type GivenEntry = Readonly<Record<string, unknown>>;

/** The parts that a change of carriers works with. */
interface CarrierChanging {
  readonly db: Db;
  readonly notifier: Pick<Notifier, 'emit'>;
  readonly encrypter: Encrypter;
  readonly now: Date;
}

/** The place in complaints: the parameter that holds the entry. */
const place = 'config';

const firstRoute = { limit: 1, offset: 0 };

/**
 * Makes a carrier.
 * @throws ApiError invalid for an entry that cannot be used, conflict for a name that is taken and where there are a hundred already.
 */
export async function createCarrier(
  given: GivenEntry,
  { db, notifier, encrypter, now }: CarrierChanging,
): Promise<StoredCarrier> {
  const entry = readCarrierEntry(given, place);
  if (entry.config.type === 'simulator') {
    throw new ApiError('invalid', `${place}.type must not be simulator: there is one, and it needs no entry`);
  }
  if (entry.config.name === simulatorName) throw nameTaken(simulatorName);
  const carrier = carrierOf(entry, encrypter, false);
  await changeRouting(db, notifier, async (tx) => {
    const known = await listCarriers(tx);
    if (known.some(({ name }) => name === carrier.name)) throw nameTaken(carrier.name);
    if (known.length >= maxCarriers)
      throw new ApiError('conflict', `there are ${maxCarriers} carriers already`);
    await insertCarrier(tx, carrier, now);
  });
  return carrier;
}

/**
 * Replaces the entry of a carrier. Secrets that are not given stay; one that is given as null goes.
 * @throws ApiError notFound, invalid for an entry that cannot be used, conflict where the file has it or a route would lose its service.
 */
export async function updateCarrier(
  name: string,
  given: GivenEntry,
  { db, notifier, encrypter, now }: CarrierChanging,
): Promise<void> {
  await changeRouting(db, notifier, async (tx) => {
    const carrier = await getOwnCarrier(tx, name);
    const merged = { name, type: carrier.written.type, ...secretsOf(carrier, encrypter), ...given };
    const entry = readCarrierEntry(
      Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)),
      place,
    );
    if (entry.config.name !== name) throw new ApiError('invalid', `${place}.name cannot be changed`);
    if (entry.config.type !== carrier.written.type) {
      throw new ApiError('invalid', `${place}.type cannot be changed`);
    }
    const changed = carrierOf(entry, encrypter, carrier.isDraining);
    // One route tells of all that have its service.
    for (const service of carrier.services) {
      for (const route of await listRoutes(tx, { service, carrier: name }, firstRoute)) {
        checkRoute({ ...route, carriers: [name] }, new Map([[name, changed.services]]), `route ${route.id}`);
      }
    }
    await saveCarrier(tx, changed, now);
  });
}

/**
 * Makes a carrier take nothing new, or take messages again. The file's carriers can be drained as well.
 * @throws ApiError notFound
 */
export async function drainCarrier(
  name: string,
  isDraining: boolean,
  { db, notifier, now }: Omit<CarrierChanging, 'encrypter'>,
): Promise<void> {
  await changeRouting(db, notifier, async (tx) => {
    const carrier = await getCarrier(tx, name);
    if (carrier === undefined) throw carrierNotFound();
    await saveCarrier(tx, { ...carrier, isDraining }, now);
  });
}

/**
 * Deletes a carrier. What is under way with it ends first; messages that wait for it, because it perhaps has them, fail (ADR 0110).
 * @throws ApiError notFound, conflict where the file has it or routes lead to it.
 */
export async function deleteCarrier(
  name: string,
  { db, notifier }: Pick<CarrierChanging, 'db' | 'notifier'>,
): Promise<void> {
  await changeRouting(db, notifier, async (tx) => {
    await getOwnCarrier(tx, name);
    const routes = await countRoutes(tx, { service: undefined, carrier: name });
    if (routes > 0) {
      throw new ApiError(
        'conflict',
        `${routes === 1 ? 'a route leads' : `${routes} routes lead`} to ${name}`,
      );
    }
    await deleteRow(tx, name);
  });
}

/** Returns the secrets of a carrier in the clear. */
export function secretsOf({ encryptedSecrets }: StoredCarrier, encrypter: Encrypter): GivenEntry {
  return encryptedSecrets === undefined ? {} : JSON.parse(encrypter.decrypt(encryptedSecrets));
}

function carrierOf(
  { written, shown, config }: CarrierEntry,
  encrypter: Encrypter,
  isDraining: boolean,
): StoredCarrier {
  const secrets = Object.fromEntries(Object.entries(written).filter(([key]) => isSecretKey(key)));
  return {
    name: config.name,
    written: shown,
    services: servicesOf(config),
    encryptedSecrets:
      Object.keys(secrets).length === 0 ? undefined : encrypter.encrypt(JSON.stringify(secrets)),
    source: 'api',
    isDraining,
  };
}

async function getOwnCarrier(tx: Transaction, name: string): Promise<StoredCarrier> {
  const carrier = await getCarrier(tx, name);
  if (carrier === undefined) throw carrierNotFound();
  if (carrier.source === 'file')
    throw new ApiError('conflict', `${name} stands in the file of carriers, and is changed there`);
  return carrier;
}

/**
 * Checks that there is a carrier of a name.
 * @throws ApiError notFound
 */
export async function requireCarrier(reader: Reader, name: string, hasSimulator: boolean): Promise<void> {
  if (name === simulatorName && hasSimulator) return;
  if ((await getCarrier(reader, name)) === undefined) throw carrierNotFound();
}

/** Returns the refusal of a carrier that there is not. */
export const carrierNotFound = () => new ApiError('notFound', 'carrier not found');

const nameTaken = (name: string) => new ApiError('conflict', `there is a carrier ${name} already`);
