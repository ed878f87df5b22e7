// A client that changes its own powerpacks and numbers at random, and compares the server's state with a model.
import assert from 'node:assert/strict';
import { inspect, isDeepStrictEqual } from 'node:util';
import { basicAuth, type TestAccount } from '../../support/app.ts';
import type { Draw } from '../../support/draw.ts';
import {
  afterChange,
  type Change,
  type Expectation,
  type ExpectedPowerpack,
  inOrder,
  nothing,
  type Observation,
  visiblePart,
} from './expectation.ts';

/** Counts over all clients. */
export interface Tally {
  requests: number;
  acknowledgedChanges: number;
  checkedObjects: number;
}

export interface ModelClient {
  /** Makes one change after another until `isOver`, or until a change gets no answer: its outcome is unknown. */
  work(url: string, isOver: () => boolean): Promise<void>;
  /** Compares the API's state with the expected one; an unknown change must be done or not done. */
  check(url: string): Promise<void>;
  /** Returns how many numbers this client expects to rent. */
  rentedCount(): number;
}

const maxPowerpacks = 4;
const maxDeleted = 3;
/** How often a read is repeated while the server has no database. */
const maxTries = 50;

export interface ModelClientParts {
  /** A subaccount for this client alone, so that its lists contain only its own things. */
  readonly account: TestAccount;
  /** The numbers that it may rent. */
  readonly numbers: readonly string[];
  readonly draw: Draw;
  readonly tally: Tally;
  /** Called after each acknowledged change. */
  readonly onAcknowledged: () => void;
}

/** Makes a client with an empty model; `draw` chooses its changes. */
export function makeModelClient({
  account,
  numbers,
  draw,
  tally,
  onAcknowledged,
}: ModelClientParts): ModelClient {
  let expectation = nothing;
  /** A change that got no answer. */
  let unknown: Change | undefined;
  let named = 0;

  async function call(url: string, method: string, path: string, body?: object): Promise<Called> {
    tally.requests += 1;
    const response = await fetch(`${url}/v1/Account/${account.authId}/${path}`, {
      method,
      headers: { authorization: basicAuth(account), 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, text };
  }

  /** Reads an object; repeats the request while the server has no database. */
  async function read(url: string, path: string) {
    for (let tries = 1; ; tries++) {
      const { status, text } = await call(url, 'GET', path);
      if (status === 200) return JSON.parse(text);
      if (status !== 503 || tries === maxTries) throw new Error(`GET ${path} answered ${status}: ${text}`);
    }
  }

  async function observe(url: string): Promise<Observation> {
    const list = await read(url, 'Powerpack/');
    const numberList = await read(url, 'Number/');
    const powerpacks: Observation['powerpacks'][number][] = [];
    for (const shown of list.objects) {
      const poolUuid: string = shown.number_pool.split('/')[5];
      const pool = await read(url, `NumberPool/${poolUuid}/Number/`);
      powerpacks.push({
        uuid: shown.uuid,
        poolUuid,
        name: shown.name,
        stickySender: shown.sticky_sender,
        localConnect: shown.local_connect,
        members: pool.objects.map(({ number }: { number: string }) => number),
      });
    }
    const rented = numberList.objects.map(({ number, alias }: { number: string; alias: string | null }) => [
      number,
      alias ?? '',
    ]);
    tally.checkedObjects +=
      powerpacks.length + rented.length + powerpacks.flatMap((one) => one.members).length;
    return inOrder({ powerpacks, rented: Object.fromEntries(rented) });
  }

  function chooseChange(): Change {
    const { powerpacks, deleted, rented } = expectation;
    const some = <Item>(items: readonly Item[]): Item | undefined => items[draw(Math.max(items.length, 1))];
    const powerpack = some(powerpacks);
    const flags = { stickySender: draw(2) === 0, localConnect: draw(2) === 0 };
    const name = `powerpack ${++named}`;
    const create: Change = { kind: 'create', name, ...flags };
    if (powerpack === undefined) return create;

    const pooled = new Set(powerpacks.flatMap(({ members }) => members));
    const free = some(numbers.filter((number) => !pooled.has(number)));
    const member = some(powerpack.members);
    const owned = some(Object.keys(rented));
    const lost = some(deleted.slice(-maxDeleted));
    const possible: Change[] = [
      { kind: 'update', powerpack: powerpack.name, name, ...flags },
      { kind: 'delete', powerpack: powerpack.name, unrentNumbers: draw(2) === 0 },
    ];
    if (powerpacks.length < maxPowerpacks) possible.push(create);
    if (lost !== undefined && powerpacks.length < maxPowerpacks)
      possible.push({ kind: 'restore', powerpack: lost.name });
    if (free !== undefined) {
      const add: Change = { kind: 'rentAndAdd', powerpack: powerpack.name, number: free };
      possible.push(add, add, add);
    }
    if (member !== undefined)
      possible.push({ kind: 'remove', powerpack: powerpack.name, number: member, unrent: draw(2) === 0 });
    if (owned !== undefined) {
      possible.push({ kind: 'unrent', number: owned }, { kind: 'rename', number: owned, alias: name });
    }
    return possible[draw(possible.length)] ?? create;
  }

  return {
    async work(url, isOver) {
      while (!isOver()) {
        const change = chooseChange();
        const { method, path, body, status } = requestOf(change, expectation);
        unknown = change;
        const answer = await call(url, method, path, body).catch(() => undefined);
        if (answer === undefined || answer.status === 503) return;
        assert.equal(answer.status, status, `${method} ${path} answered ${answer.status}: ${answer.text}`);
        expectation = afterChange(expectation, change);
        if (change.kind === 'create') learnIds(JSON.parse(answer.text));
        unknown = undefined;
        tally.acknowledgedChanges += 1;
        onAcknowledged();
      }
    },

    async check(url) {
      const seen = await observe(url);
      const possible = [expectation, ...(unknown === undefined ? [] : [afterChange(expectation, unknown)])];
      const found = possible.find((one) => isDeepStrictEqual(visiblePart(one, seen), seen));
      assert.ok(found !== undefined, explain(seen, possible, unknown));
      // The observation has the ids of powerpacks whose creation got no answer.
      expectation = { ...found, powerpacks: visiblePart(found, seen).powerpacks };
      unknown = undefined;
    },

    rentedCount: () => Object.keys(expectation.rented).length,
  };

  function learnIds(answer: { uuid: string; name: string; number_pool: string }): void {
    const poolUuid = answer.number_pool.split('/')[5];
    const powerpacks = expectation.powerpacks.map((powerpack) =>
      powerpack.name === answer.name ? { ...powerpack, uuid: answer.uuid, poolUuid } : powerpack,
    );
    expectation = { ...expectation, powerpacks };
  }
}

interface Called {
  readonly status: number;
  readonly text: string;
}

interface ChangeRequest {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly body: object;
  /** Status of the answer when the change is done. */
  readonly status: number;
}

/** Returns the request for a change, in wire names. */
function requestOf(change: Change, { powerpacks, deleted }: Expectation): ChangeRequest {
  const find = (name: string): ExpectedPowerpack | undefined =>
    [...powerpacks, ...deleted].find((powerpack) => powerpack.name === name);
  const powerpackPath = (name: string) => `Powerpack/${find(name)?.uuid}/`;
  const memberPath = (name: string, number: string) => `NumberPool/${find(name)?.poolUuid}/Number/${number}/`;
  switch (change.kind) {
    case 'create':
    case 'update': {
      const { name, stickySender: sticky_sender, localConnect: local_connect } = change;
      const path = change.kind === 'create' ? 'Powerpack/' : powerpackPath(change.powerpack);
      return { method: 'POST', path, body: { name, sticky_sender, local_connect }, status: 200 };
    }
    case 'delete': {
      const body = { unrent_numbers: change.unrentNumbers };
      return { method: 'DELETE', path: powerpackPath(change.powerpack), body, status: 204 };
    }
    case 'restore':
      return { method: 'POST', path: `${powerpackPath(change.powerpack)}Restore/`, body: {}, status: 200 };
    case 'rentAndAdd': {
      const path = memberPath(change.powerpack, change.number);
      return { method: 'POST', path, body: { rent: true }, status: 200 };
    }
    case 'remove': {
      const path = memberPath(change.powerpack, change.number);
      return { method: 'DELETE', path, body: { unrent: change.unrent }, status: 200 };
    }
    case 'unrent':
      return { method: 'DELETE', path: `Number/${change.number}/`, body: {}, status: 204 };
    case 'rename':
      return { method: 'POST', path: `Number/${change.number}/`, body: { alias: change.alias }, status: 202 };
  }
}

function explain(seen: Observation, possible: readonly Expectation[], unknown: Change | undefined): string {
  const what =
    unknown === undefined
      ? 'an acknowledged change is missing'
      : `an acknowledged change is missing, or half of this was done: ${inspect(unknown)}`;
  const expected = possible.map((one) => visiblePart(one, seen));
  return `${what}\nseen: ${inspect(seen, { depth: 4 })}\nexpected one of: ${inspect(expected, { depth: 5 })}`;
}
