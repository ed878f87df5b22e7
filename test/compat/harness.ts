// The stage of the acceptance tests: one world, and short ways to ask its server.
import { type Ask, type AskOptions, makeAsk } from './ask.ts';
import { type DropIn, openDropIn } from './drop-in.ts';
import { makeWorld, type World } from './world.ts';

export let world: World;
export let ask: Ask;
export let dropIn: DropIn;
/** Path of the powerpack, below the account. */
export let powerpack: string;
/** Path of its number pool. */
export let pool: string;

export const unknownUuid = '00000000-0000-4000-8000-000000000000';

export async function openWorld(): Promise<void> {
  world = await makeWorld();
  ask = makeAsk(world.app);
  dropIn = await openDropIn(world.app);
  powerpack = `Powerpack/${world.powerpackUuid}/`;
  pool = `NumberPool/${world.poolUuid}/`;
}

export async function closeWorld(): Promise<void> {
  await world.app.stop();
  await dropIn.close();
}

/** Returns the status of a request's answer. */
export async function statusOf(method: string, path: string, options?: AskOptions): Promise<number> {
  return (await ask(method, path, options)).status;
}

/** Returns the total that a list shows. */
export async function total(path: string): Promise<number> {
  return (await ask('GET', path)).body.meta.total_count;
}
