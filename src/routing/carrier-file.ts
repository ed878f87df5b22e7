// The file of carriers and routes, RUCKSACK_CARRIERS: read whole, or not at all.
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { ApiError, OperatorError } from '../base/errors.ts';
import {
  type CarrierEntry,
  needsPublicUrl,
  noPublicUrl,
  readCarrierEntry,
  servicesOf,
} from '../carriers/carrier-config.ts';
import { resolveSecrets } from '../carriers/carrier-secrets.ts';
import { complaintOf, issueInWords } from '../carriers/complaint.ts';
import { simulatorName, simulatorServices } from '../carriers/simulator/config.ts';
import { checkRoute } from './check-route.ts';
import { type Route, scopeOfRoute } from './route.ts';
import { readRoute } from './route-format.ts';

/** The checked contents of the file. */
export interface CarrierFile {
  readonly carriers: readonly CarrierEntry[];
  readonly routes: readonly Route[];
}

export const maxCarriers = 100;
export const maxRoutes = 100_000;

const fileForm = z.strictObject({
  carriers: z.array(z.unknown()).max(maxCarriers),
  routes: z.array(z.unknown()).max(maxRoutes),
});

/** Facts from outside that reading the file depends on. */
export interface FileSurroundings {
  /** Returns an environment variable, for secrets that lie there. */
  readonly variable: (name: string) => string | undefined;
  /** Whether the simulator is there, which needs no entry. */
  readonly hasSimulator: boolean;
  /** Whether RUCKSACK_PUBLIC_URL says how carriers reach this server. */
  readonly hasPublicUrl: boolean;
}

/**
 * Returns what the file of carriers says.
 * @throws OperatorError one sentence that names the file, the key and its place, for anything that is wrong.
 */
export function loadCarrierFile(path: string, surroundings: FileSurroundings): CarrierFile {
  try {
    return checkFile(parseFile(readFileSync(path, 'utf8')), path, surroundings);
  } catch (error) {
    const reason = error instanceof ApiError ? error.message : `cannot be read: ${(error as Error).message}`;
    throw new OperatorError(`RUCKSACK_CARRIERS: ${path}: ${reason}`);
  }
}

/** Reads JSON. The parser's own words quote the text around a mistake, and secrets may stand there, so only the place is told. */
function parseFile(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = /at position (\d+)/.exec((error as Error).message)?.[1];
    if (position === undefined) throw new ApiError('invalid', 'is not JSON');
    const lines = text.slice(0, Number(position)).split('\n');
    throw new ApiError(
      'invalid',
      `is not JSON: line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`,
    );
  }
}

function checkFile(
  given: unknown,
  path: string,
  { variable, hasSimulator, hasPublicUrl }: FileSurroundings,
): CarrierFile {
  const { success, data, error } = fileForm.safeParse(given, { error: issueInWords });
  if (!success) throw new ApiError('invalid', complaintOf('', error.issues));
  const sources = { variable, file: secretFile(path), againstPlain: againstPlain(path) };
  const carriers = data.carriers.map((entry, index) => {
    const place = `carriers[${index}]`;
    const carrier = readCarrierEntry(resolveSecrets(entry, place, sources), place);
    if (!hasPublicUrl && needsPublicUrl(carrier.config))
      throw new ApiError('invalid', `${place}.${noPublicUrl}`);
    return carrier;
  });
  const routes = data.routes.map((entry, index) => readRoute(entry, `routes[${index}]`));
  refuseRepeated(
    carriers.map(({ config }) => config.name),
    (index) => `carriers[${index}].name`,
  );
  refuseRepeated(
    routes.map(({ service, match }) => `${service} ${scopeOfRoute(match)}`),
    (index) => `routes[${index}]`,
  );
  const services = new Map(carriers.map(({ config }) => [config.name, servicesOf(config)]));
  if (hasSimulator) services.set(simulatorName, simulatorServices);
  for (const [index, route] of routes.entries()) checkRoute(route, services, `routes[${index}]`);
  return { carriers, routes };
}

/** Returns why secrets may not stand in the file itself: others than its owner may read it. */
function againstPlain(path: string): string | undefined {
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) === 0) return undefined;
  return `stands in a file that others may read (mode ${mode.toString(8).padStart(4, '0')}): make it 0600, or use its _env or _file form`;
}

/** Reads files of secrets, whose paths begin where the file of carriers is. */
const secretFile = (path: string) => (name: string) => readFileSync(resolve(dirname(path), name), 'utf8');

function refuseRepeated(keys: readonly string[], placeOf: (index: number) => string): void {
  const known = new Map<string, number>();
  for (const [index, key] of keys.entries()) {
    const first = known.get(key);
    if (first !== undefined) {
      throw new ApiError('invalid', `${placeOf(index)} repeats ${placeOf(first)}: ${key} is there already`);
    }
    known.set(key, index);
  }
}
