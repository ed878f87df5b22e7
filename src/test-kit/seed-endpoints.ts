// Seed and Reset: the state that the tests of an account begin with, and the way back to it. Extensions.
import { requireMainAccount } from '../accounts/scope.ts';
import type { Settings } from '../base/config.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { VirtualClock } from '../base/virtual-clock.ts';
import type { Simulator } from '../carriers/simulator/simulator.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { applySeed } from './apply-seed.ts';
import { type KitParts, kitOnly, requireKit } from './require-kit.ts';
import { type ResetParts, resetAccount, storeState } from './reset-account.ts';
import { ResetBody, ResetInput, SeededBody, SeedInput, seededToWire, seedFromWire } from './seed-wire.ts';

interface SeedingParts extends KitParts {
  readonly settings: Settings;
  readonly randomBytes: RandomBytes;
  /** `undefined` where this process has no simulator. */
  readonly simulator: Simulator | undefined;
}

interface ResettingParts extends Omit<ResetParts, 'db' | 'timeAfter'>, KitParts {
  readonly virtualClock: VirtualClock | undefined;
}

export const seedAccountEndpoint = defineEndpoint({
  summary: 'Seed the account',
  description: `Makes applications, numbers, powerpacks with their pools, rules of the simulator for the account and messages of the past: all of them or nothing. An error names the place. Main accounts only. ${kitOnly}`,
  extension: true,
  outsideDatabase: true,
  input: SeedInput,
  answers: { 200: SeededBody },
  async handle({ db, scope, input, now, newId }, parts: SeedingParts) {
    requireKit(parts);
    requireMainAccount(scope);
    const { start = true, ...given } = input;
    const seed = seedFromWire(given);
    const own = parts.simulator?.ownRules(scope.mainId);
    const rulesBefore = own?.rules ?? [];
    const work = db.transaction(async (tx) => {
      const all = await applySeed(tx, scope, seed, { ...parts, db, newId, now });
      if (given.rules !== undefined) own?.replace(seed.rules);
      if (start) await storeState(tx, scope.mainId, { ...parts, now });
      return all;
    });
    const seeded = await work.catch((error: unknown) => {
      own?.replace(rulesBefore);
      throw error;
    });
    return { status: 200, body: { message: 'seeded', ...seededToWire(scope.mainId, seeded) } };
  },
});

export const resetAccountEndpoint = defineEndpoint({
  summary: 'Reset the account',
  description: `Deletes all that the account has: messages, callbacks, powerpacks, numbers, applications, opt-outs, subaccounts, its rules of the simulator. What it was made or seeded with is there again, its first token included; what is under way for it comes back no more. Main accounts only. ${kitOnly}`,
  role: 'owner',
  extension: true,
  outsideDatabase: true,
  announcesItself: true,
  input: ResetInput,
  answers: { 200: ResetBody },
  async handle({ db, scope, input, now }, { virtualClock, ...parts }: ResettingParts) {
    requireKit(parts);
    requireMainAccount(scope);
    if (input.clock === true && virtualClock === undefined) {
      throw new ApiError('invalid', 'clock needs RUCKSACK_VIRTUAL_CLOCK');
    }
    const timeAfter = async () => {
      if (input.clock !== true || virtualClock === undefined) return now;
      await virtualClock.returnToStart();
      return virtualClock.now();
    };
    await resetAccount({ ...parts, db, timeAfter }, scope.mainId);
    return { status: 200, body: { message: 'reset' } };
  },
});
