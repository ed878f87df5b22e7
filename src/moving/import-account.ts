// Takes an account over from another server: reads both sides, compares them, and makes what is missing here.
import {
  checkResources,
  type ImportResult,
  importResources,
  readAccount,
  type SubaccountClient,
} from './account-endpoints.ts';
import type { ApiClient } from './api-client.ts';
import { compareResources, dropUnknownApplications, type Step } from './compare-accounts.ts';
import { kinds, type Resource } from './resource.ts';

/** A step and its end. */
export interface Move extends Step {
  /** Of what is missing: whether it was made, or could be; and why not. */
  readonly result: ImportResult | undefined;
}

export interface ImportReport {
  readonly moves: readonly Move[];
  /** Resources that could not be read, or not as a whole. */
  readonly notes: readonly string[];
}

interface Import {
  readonly source: ApiClient;
  /** Lists of a subaccount at the source: the vendor shows them to the subaccount itself. */
  readonly sourceOf: SubaccountClient;
  readonly target: ApiClient;
  /** Lists of a subaccount at the target. */
  readonly targetOf: (subaccountId: string) => ApiClient;
  readonly isDryRun: boolean;
  /** Called with what is being done, and after each request that makes resources with how many of how many are done. */
  readonly onProgress: (what: string, done: number, total: number) => void;
}

/** The most resources in one request: small enough that an interruption loses little and others wait little. */
const batchSize = 50;

/**
 * Makes what is missing, in an order in which everything is there that something refers to. What is there already is left as it is,
 * so that a run which was interrupted is finished by the next. A dry run makes nothing.
 */
export async function importAccount(job: Import): Promise<ImportReport> {
  const { source, sourceOf, target, targetOf, isDryRun, onProgress } = job;
  onProgress('reading the account there', 0, 1);
  const copy = await readAccount(source, sourceOf);
  onProgress('reading the account here', 0, 1);
  const present = await readAccount(target, ({ id }) => targetOf(id));
  const { resources, notes } = dropUnknownApplications(copy.resources);
  const steps = compareResources(resources, present.resources);
  const missing = steps.filter(({ standing }) => standing === 'missing').map(({ resource }) => resource);
  const results = new Map<Resource, ImportResult>();
  for (const batch of batchesOf(missing)) {
    const owner = batch[0]?.owner;
    const client = owner === undefined ? target : targetOf(owner);
    const outcomes = isRefused(owner, results)
      ? batch.map(() => ({ outcome: 'refused', reason: 'its subaccount was refused' }))
      : await (isDryRun ? checkBatch(client, batch, present.resources) : importResources(client, batch));
    for (const [index, resource] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined) results.set(resource, outcome);
    }
    onProgress(isDryRun ? 'checking' : 'making', results.size, missing.length);
  }
  return {
    moves: steps.map((step) => ({ ...step, result: results.get(step.resource) })),
    notes: [...copy.notes, ...notes],
  };
}

function isRefused(owner: string | undefined, results: ReadonlyMap<Resource, ImportResult>): boolean {
  return [...results].some(
    ([{ kind, id }, { outcome }]) => kind === 'subaccount' && id === owner && outcome === 'refused',
  );
}

/**
 * Checks a batch that would be made through `client`. Members and short codes cannot be checked before their pool is there, nor
 * powerpacks before their subaccount is.
 */
function checkBatch(
  client: ApiClient,
  batch: readonly Resource[],
  present: readonly Resource[],
): Promise<ImportResult[]> {
  const [first] = batch;
  const isOfPool = first?.kind === 'member' || first?.kind === 'shortcode';
  const hasOwner = first?.owner === undefined || present.some(({ id }) => id === first.owner);
  if (!isOfPool && hasOwner) return checkResources(client, batch);
  return Promise.resolve(batch.map(() => ({ outcome: 'made', reason: '' })));
}

/** Returns batches of one kind and owner each, in the order of the kinds. */
function batchesOf(resources: readonly Resource[]): Resource[][] {
  return kinds.flatMap((kind) => {
    const ofKind = resources.filter((resource) => resource.kind === kind);
    const owners = [...new Set(ofKind.map(({ owner }) => owner))];
    return owners.flatMap((owner) => {
      const own = ofKind.filter((resource) => resource.owner === owner);
      const starts = Array.from(
        { length: Math.ceil(own.length / batchSize) },
        (_, index) => index * batchSize,
      );
      return starts.map((start) => own.slice(start, start + batchSize));
    });
  });
}
