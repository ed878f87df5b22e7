// The state that a client expects of the server after each of its changes: a small model of powerpacks and numbers. Pure.

export interface ExpectedPowerpack {
  /** `undefined` until the answer to its creation is known. */
  readonly uuid: string | undefined;
  readonly poolUuid: string | undefined;
  /** Never used again for another powerpack. */
  readonly name: string;
  readonly stickySender: boolean;
  readonly localConnect: boolean;
  readonly members: readonly string[];
}

/** Everything that one client owns. Numbers that it has not rented yet are in neither list. */
export interface Expectation {
  readonly powerpacks: readonly ExpectedPowerpack[];
  /** Deleted ones, with their former members. */
  readonly deleted: readonly ExpectedPowerpack[];
  /** Number → alias. */
  readonly rented: Readonly<Record<string, string>>;
  /** Unrented numbers, with the alias that they have again when they are rented. */
  readonly held: Readonly<Record<string, string>>;
}

export const nothing: Expectation = { powerpacks: [], deleted: [], rented: {}, held: {} };

export type Change =
  | { kind: 'create'; name: string; stickySender: boolean; localConnect: boolean }
  | { kind: 'update'; powerpack: string; name: string; stickySender: boolean; localConnect: boolean }
  | { kind: 'delete'; powerpack: string; unrentNumbers: boolean }
  | { kind: 'restore'; powerpack: string }
  | { kind: 'rentAndAdd'; powerpack: string; number: string }
  | { kind: 'remove'; powerpack: string; number: string; unrent: boolean }
  | { kind: 'unrent'; number: string }
  | { kind: 'rename'; number: string; alias: string };

/** Returns the expectation after a change. Powerpacks are identified by name. */
export function afterChange(before: Expectation, change: Change): Expectation {
  const { powerpacks, deleted } = before;
  switch (change.kind) {
    case 'create': {
      const { name, stickySender, localConnect } = change;
      const made = { uuid: undefined, poolUuid: undefined, name, stickySender, localConnect, members: [] };
      return { ...before, powerpacks: [...powerpacks, made] };
    }
    case 'update': {
      const { name, stickySender, localConnect } = change;
      return withPowerpack(before, change.powerpack, (old) => ({ ...old, name, stickySender, localConnect }));
    }
    case 'delete': {
      const gone = powerpacks.filter(({ name }) => name === change.powerpack);
      const left = {
        ...before,
        powerpacks: powerpacks.filter(({ name }) => name !== change.powerpack),
        deleted: [...deleted, ...gone],
      };
      return change.unrentNumbers
        ? unrented(
            left,
            gone.flatMap(({ members }) => members),
          )
        : left;
    }
    case 'restore': {
      const back = deleted.filter(({ name }) => name === change.powerpack);
      const taken = new Set(powerpacks.flatMap(({ members }) => members));
      const restored = back.map((old) => ({
        ...old,
        members: old.members.filter((number) => !taken.has(number)),
      }));
      const rest = { ...before, deleted: deleted.filter(({ name }) => name !== change.powerpack) };
      return rented(
        { ...rest, powerpacks: [...powerpacks, ...restored] },
        restored.flatMap(({ members }) => members),
      );
    }
    case 'rentAndAdd':
      return withPowerpack(rented(before, [change.number]), change.powerpack, (old) => ({
        ...old,
        members: [...old.members, change.number],
      }));
    case 'remove':
      return change.unrent
        ? unrented(before, [change.number])
        : withPowerpack(before, change.powerpack, (old) => withoutMembers(old, [change.number]));
    case 'unrent':
      return unrented(before, [change.number]);
    case 'rename':
      return { ...before, rented: { ...before.rented, [change.number]: change.alias } };
  }
}

function withPowerpack(
  before: Expectation,
  name: string,
  update: (powerpack: ExpectedPowerpack) => ExpectedPowerpack,
): Expectation {
  const powerpacks = before.powerpacks.map((powerpack) =>
    powerpack.name === name ? update(powerpack) : powerpack,
  );
  return { ...before, powerpacks };
}

const withoutMembers = (powerpack: ExpectedPowerpack, numbers: readonly string[]): ExpectedPowerpack => ({
  ...powerpack,
  members: powerpack.members.filter((number) => !numbers.includes(number)),
});

/** Removes numbers from the account, and so from their pools. */
function unrented(before: Expectation, numbers: readonly string[]): Expectation {
  const [held, kept] = split(before.rented, numbers);
  return {
    ...before,
    powerpacks: before.powerpacks.map((powerpack) => withoutMembers(powerpack, numbers)),
    rented: kept,
    held: { ...before.held, ...held },
  };
}

/** Adds numbers to the rented ones; held ones keep their alias. */
function rented(before: Expectation, numbers: readonly string[]): Expectation {
  const [back, held] = split(before.held, numbers);
  const fresh = Object.fromEntries(numbers.map((number) => [number, '']));
  return { ...before, rented: { ...fresh, ...back, ...before.rented }, held };
}

/** Returns the entries of `record` with these names, and the others. */
function split(
  record: Readonly<Record<string, string>>,
  names: readonly string[],
): [named: Record<string, string>, others: Record<string, string>] {
  const entries = Object.entries(record);
  return [
    Object.fromEntries(entries.filter(([name]) => names.includes(name))),
    Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
  ];
}

/** The state of everything that a client owns, as the API shows it. */
export interface Observation {
  readonly powerpacks: readonly (ExpectedPowerpack & { readonly uuid: string; readonly poolUuid: string })[];
  readonly rented: Readonly<Record<string, string>>;
}

/** Returns the part of an expectation that the API can show, in one order, with the ids that only the observation has. */
export function visiblePart(expectation: Expectation, seen: Observation): Observation {
  const powerpacks = expectation.powerpacks.map((powerpack) => {
    const same = seen.powerpacks.find(({ name }) => name === powerpack.name);
    return {
      ...powerpack,
      uuid: powerpack.uuid ?? same?.uuid ?? '',
      poolUuid: powerpack.poolUuid ?? same?.poolUuid ?? '',
    };
  });
  return inOrder({ powerpacks, rented: expectation.rented });
}

/** Returns the observation with everything sorted, so that two of them can be compared. */
export function inOrder({ powerpacks, rented }: Observation): Observation {
  return {
    powerpacks: powerpacks
      .map((powerpack) => ({ ...powerpack, members: powerpack.members.toSorted() }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    rented: Object.fromEntries(Object.entries(rented).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}
