// Gives an account the state of a seed: all of it, or nothing. Each error names the place in the seed.
import { createApplication } from '../applications/change-application.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Db, Transaction } from '../db/db.ts';
import { insideTransaction } from '../db/nested-db.ts';
import type { Scope } from '../http/endpoint.ts';
import { createPowerpack } from '../powerpacks/change-powerpack.ts';
import { addNumber, addShortcode } from '../powerpacks/pool/change-pool.ts';
import type { PowerpackChange } from '../powerpacks/powerpack.ts';
import type { MadePowerpack, PowerpackSeed, Seed, Seeded } from './seed.ts';
import { storeSeedMessages } from './seed-messages.ts';
import { type RentParts, rentSeed } from './seed-numbers.ts';

interface SeedParts extends RentParts {
  readonly db: Db;
  readonly newId: () => string;
  readonly randomBytes: RandomBytes;
}

/** Makes what a seed says but for its rules, which are in no database. */
export async function applySeed(
  tx: Transaction,
  scope: Scope,
  seed: Seed,
  parts: SeedParts,
): Promise<Seeded> {
  const inside = { ...parts, db: insideTransaction(tx, parts.db) };
  const applications: { appName: string; appId: string }[] = [];
  for (const [index, application] of seed.applications.entries()) {
    const made = await at(`applications[${index}]`, () =>
      createApplication(inside.db, scope, application, inside),
    );
    applications.push({ appName: made.appName, appId: made.appId });
  }
  const numbers: string[] = [];
  for (const [index, wanted] of seed.numbers.entries()) {
    const rented = await at(`numbers[${index}]`, () => rentSeed(tx, scope, wanted, parts));
    numbers.push(...rented.map(({ number }) => number));
  }
  const powerpacks: MadePowerpack[] = [];
  for (const [index, wanted] of seed.powerpacks.entries()) {
    const path = `powerpacks[${index}]`;
    const change = { ...wanted.change, ...applicationOf(wanted, seed, applications, path) };
    powerpacks.push(await makePowerpack(tx, scope, wanted, change, path, inside));
  }
  numbers.push(...powerpacks.flatMap((powerpack) => powerpack.numbers));
  const messageIds = await storeSeedMessages(tx, scope, seed.messages, { powerpacks, ...parts });
  return { applications, numbers, powerpacks, messageIds };
}

/** Returns the change that gives a powerpack its application, where it names one. */
function applicationOf(
  { application: name }: PowerpackSeed,
  seed: Seed,
  made: Seeded['applications'],
  path: string,
): Pick<PowerpackChange, 'application'> {
  if (name === undefined) return {};
  const index = made.findIndex(({ appName }) => appName === name);
  const [application, request] = [made[index], seed.applications[index]];
  if (application === undefined || request === undefined)
    throw new ApiError('invalid', `${path}.application must be the app_name of an application of this seed`);
  return { application: { appId: application.appId, applicationType: request.applicationType } };
}

/** The kinds of number that a pool takes. */
const kinds = ['longcode', 'tollfree'] as const;

async function makePowerpack(
  tx: Transaction,
  scope: Scope,
  wanted: PowerpackSeed,
  change: PowerpackChange,
  path: string,
  parts: SeedParts,
): Promise<MadePowerpack> {
  const { db, newId, now, settings } = parts;
  const { uuid, poolUuid } = await at(path, () =>
    createPowerpack(db, scope, wanted.name, change, { uuid: newId(), poolUuid: newId() }, now),
  );
  const numbers: string[] = [];
  for (const [index, some] of wanted.numbers.entries()) {
    await at(`${path}.numbers[${index}]`, async () => {
      for (const number of await rentSeed(tx, scope, some, parts)) {
        const request = {
          poolUuid,
          number,
          kinds,
          service: undefined,
          limits: {},
          rent: true,
          now,
          settings,
        };
        await addNumber(db, scope, request);
        numbers.push(number.number);
      }
    });
  }
  for (const [index, shortcode] of wanted.shortcodes.entries()) {
    const request = { poolUuid, shortcode, countryIso2: 'US', limits: {}, now };
    await at(`${path}.shortcodes[${index}]`, () => addShortcode(db, scope, request));
  }
  return { name: wanted.name, uuid, poolUuid, numbers };
}

/** Does a part of the work; its error names the place. */
async function at<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ApiError ? new ApiError(error.kind, `${path}: ${error.message}`) : error;
  }
}
