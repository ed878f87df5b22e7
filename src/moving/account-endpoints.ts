// The endpoints of an account that moving calls: its lists, which the vendor has as well, and the import of this server.
import { ApiError } from '../base/errors.ts';
import type { ApiClient, JsonObject } from './api-client.ts';
import type { AccountCopy, Kind, Thing } from './thing.ts';
import { listNames, thingFromWire } from './thing-wire.ts';

/** Returns the client for a subaccount's own lists; undefined where they cannot be read. */
export type SubaccountClient = (subaccount: Thing) => ApiClient | undefined;

/** Reads all things of an account, and those of its subaccounts. An object that cannot be read is noted and left out. */
export async function readAccount(client: ApiClient, clientOf: SubaccountClient): Promise<AccountCopy> {
  const things: Thing[] = [];
  const notes: string[] = [];
  const read = async (from: ApiClient, kind: Kind, path: string, owner?: string): Promise<Thing[]> => {
    const objects = await from.list(path);
    return objects.flatMap((object) => readThing(kind, object, owner, notes));
  };
  const readPowerpacks = async (from: ApiClient, owner?: string) => {
    const powerpacks = await read(from, 'powerpack', 'Powerpack/', owner);
    things.push(...powerpacks);
    for (const { fields } of powerpacks) {
      const pool = `NumberPool/${fields.number_pool_uuid}`;
      things.push(...(await read(from, 'member', `${pool}/Number/`, owner)));
      // The vendor lists toll-free numbers here alone, this server in both lists.
      things.push(...(await read(from, 'member', `${pool}/Tollfree/`, owner)));
      things.push(...(await read(from, 'shortcode', `${pool}/Shortcode/`, owner)));
    }
  };
  const subaccounts = await read(client, 'subaccount', 'Subaccount/');
  things.push(...subaccounts);
  things.push(...(await read(client, 'application', 'Application/')));
  things.push(...(await read(client, 'number', 'Number/')));
  await readPowerpacks(client);
  for (const subaccount of subaccounts) {
    const own = clientOf(subaccount);
    if (own === undefined)
      notes.push(`powerpacks of subaccount ${subaccount.label}: it is disabled, or has no token`);
    else await readPowerpacks(own, subaccount.id);
  }
  return { things: withoutRepeats(things), notes };
}

function readThing(kind: Kind, object: JsonObject, owner: string | undefined, notes: string[]): Thing[] {
  try {
    return [thingFromWire(kind, object, owner)];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    notes.push(`${kind} ${nameOf(object)}: ${error.message}`);
    return [];
  }
}

/** Returns an id of an object that could not be read as a whole. */
const nameOf = (object: JsonObject): string =>
  String(object.uuid ?? object.app_id ?? object.number ?? object.auth_id ?? object.shortcode ?? '').slice(
    0,
    64,
  );

function withoutRepeats(things: readonly Thing[]): Thing[] {
  return [...new Map(things.map((thing) => [`${thing.kind} ${thing.id}`, thing])).values()];
}

/** The end of a thing at the target. */
export interface ImportResult {
  readonly outcome: string;
  readonly reason: string;
}

/** Makes things of one kind and owner at a Rucksack; returns the results in their order. */
export const importThings = (client: ApiClient, things: readonly Thing[]): Promise<ImportResult[]> =>
  postThings(client, 'Import/', things);

/** Returns the results that `importThings` would have, as far as one thing alone tells. Members of pools cannot be checked. */
export const checkThings = (client: ApiClient, things: readonly Thing[]): Promise<ImportResult[]> =>
  postThings(client, 'Import/Check/', things);

async function postThings(
  client: ApiClient,
  path: string,
  things: readonly Thing[],
): Promise<ImportResult[]> {
  const [first] = things;
  if (first === undefined) return [];
  const body = { [listNames[first.kind]]: things.map(({ fields }) => fields) };
  const { results } = await client.post(path, body);
  return (results as { outcome: string; reason: string | null }[]).map(({ outcome, reason }) => ({
    outcome,
    reason: reason ?? '',
  }));
}
