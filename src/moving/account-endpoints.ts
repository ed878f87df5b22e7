// The endpoints of an account that moving calls: its lists, which the vendor has as well, and the import of this server.
import { ApiError } from '../base/errors.ts';
import type { ApiClient, JsonObject } from './api-client.ts';
import type { AccountCopy, Kind, Resource } from './resource.ts';
import { listNames, resourceFromWire } from './resource-wire.ts';

/** Returns the client for a subaccount's own lists; undefined where they cannot be read. */
export type SubaccountClient = (subaccount: Resource) => ApiClient | undefined;

/** Reads all resources of an account, and those of its subaccounts. An object that cannot be read is noted and left out. */
export async function readAccount(client: ApiClient, clientOf: SubaccountClient): Promise<AccountCopy> {
  const resources: Resource[] = [];
  const notes: string[] = [];
  const read = async (from: ApiClient, kind: Kind, path: string, owner?: string): Promise<Resource[]> => {
    const objects = await from.list(path);
    return objects.flatMap((object) => readResource(kind, object, owner, notes));
  };
  const readPowerpacks = async (from: ApiClient, owner?: string) => {
    const powerpacks = await read(from, 'powerpack', 'Powerpack/', owner);
    resources.push(...powerpacks);
    for (const { fields } of powerpacks) {
      const pool = `NumberPool/${fields.number_pool_uuid}`;
      resources.push(...(await read(from, 'member', `${pool}/Number/`, owner)));
      // The vendor lists toll-free numbers here alone, this server in both lists.
      resources.push(...(await read(from, 'member', `${pool}/Tollfree/`, owner)));
      resources.push(...(await read(from, 'shortcode', `${pool}/Shortcode/`, owner)));
    }
  };
  const subaccounts = await read(client, 'subaccount', 'Subaccount/');
  resources.push(...subaccounts);
  resources.push(...(await read(client, 'application', 'Application/')));
  resources.push(...(await read(client, 'number', 'Number/')));
  await readPowerpacks(client);
  for (const subaccount of subaccounts) {
    const own = clientOf(subaccount);
    if (own === undefined)
      notes.push(`powerpacks of subaccount ${subaccount.label}: it is disabled, or has no token`);
    else await readPowerpacks(own, subaccount.id);
  }
  return { resources: withoutRepeats(resources), notes };
}

function readResource(
  kind: Kind,
  object: JsonObject,
  owner: string | undefined,
  notes: string[],
): Resource[] {
  try {
    return [resourceFromWire(kind, object, owner)];
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

function withoutRepeats(resources: readonly Resource[]): Resource[] {
  return [...new Map(resources.map((resource) => [`${resource.kind} ${resource.id}`, resource])).values()];
}

/** The end of a resource at the target. */
export interface ImportResult {
  readonly outcome: string;
  readonly reason: string;
}

/** Makes resources of one kind and owner at a Rucksack; returns the results in their order. */
export const importResources = (client: ApiClient, resources: readonly Resource[]): Promise<ImportResult[]> =>
  postResources(client, 'Import/', resources);

/** Returns the results that `importResources` would have, as far as one resource alone tells. Members of pools cannot be checked. */
export const checkResources = (client: ApiClient, resources: readonly Resource[]): Promise<ImportResult[]> =>
  postResources(client, 'Import/Check/', resources);

async function postResources(
  client: ApiClient,
  path: string,
  resources: readonly Resource[],
): Promise<ImportResult[]> {
  const [first] = resources;
  if (first === undefined) return [];
  const body = { [listNames[first.kind]]: resources.map(({ fields }) => fields) };
  const { results } = await client.post(path, body);
  return (results as { outcome: string; reason: string | null }[]).map(({ outcome, reason }) => ({
    outcome,
    reason: reason ?? '',
  }));
}
