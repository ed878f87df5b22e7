// Random histories: a handset that has sent STOP gets no message before START from the senders that the STOP applies to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makePowerpack, sendText } from '../support/messaging.ts';
import { startServerWithCatcher } from '../support/shared-server.ts';

const { server } = await startServerWithCatcher();

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

const packs = fc.nat(1);
// Mostly the same person, so that what is done to one meets.
const people = fc.constantFrom(0, 0, 0, 1);
const numbers = fc.nat(3);

type Step =
  | { readonly kind: 'send'; readonly pack: number; readonly person: number; readonly service: 'sms' | 'mms' }
  | { readonly kind: 'send by name'; readonly number: number; readonly person: number }
  | {
      readonly kind: 'say';
      readonly person: number;
      readonly number: number;
      readonly word: 'STOP' | 'START';
    }
  | { readonly kind: 'add'; readonly pack: number; readonly number: number; readonly service: 'sms' | 'mms' }
  | { readonly kind: 'answer'; readonly person: number; readonly word: 'STOP' | 'START' }
  | { readonly kind: 'move'; readonly number: number; readonly pack: number }
  | { readonly kind: 'remove'; readonly number: number; readonly unrent: boolean }
  | { readonly kind: 'sticky'; readonly pack: number; readonly isOn: boolean }
  | { readonly kind: 'delete and restore'; readonly pack: number; readonly unrent: boolean }
  | { readonly kind: 'wait'; readonly days: number };

const services = fc.constantFrom('sms', 'mms');
const word = fc.constantFrom('STOP', 'STOP', 'START');

/** The possible steps, and how often each is drawn. */
const steps: fc.Arbitrary<Step> = fc.oneof(
  ...(
    [
      [10, fc.record({ kind: fc.constant('send'), pack: packs, person: people, service: services })],
      [2, fc.record({ kind: fc.constant('send by name'), number: numbers, person: people })],
      [1, fc.record({ kind: fc.constant('say'), person: people, number: numbers, word })],
      [3, fc.record({ kind: fc.constant('answer'), person: people, word })],
      [2, fc.record({ kind: fc.constant('add'), pack: packs, number: numbers, service: services })],
      [5, fc.record({ kind: fc.constant('move'), number: numbers, pack: packs })],
      [1, fc.record({ kind: fc.constant('remove'), number: numbers, unrent: fc.boolean() })],
      [1, fc.record({ kind: fc.constant('sticky'), pack: packs, isOn: fc.boolean() })],
      [1, fc.record({ kind: fc.constant('delete and restore'), pack: packs, unrent: fc.boolean() })],
      [1, fc.record({ kind: fc.constant('wait'), days: fc.constantFrom(1, 16) })],
    ] as const
  ).map(([weight, arbitrary]) => ({ weight, arbitrary: arbitrary as fc.Arbitrary<Step> })),
);

/** A STOP as the test remembers it. */
interface Said {
  readonly person: string;
  readonly number: string;
  /** The powerpack that wrote last to the person from the number, else the one that the number was in. */
  readonly pack: string | undefined;
  /** Whether it counts for the account. */
  readonly isWide: boolean;
}

const beginning: readonly Step[] = [0, 1, 2].map((number) => ({
  kind: 'add',
  pack: number % 2,
  number,
  service: 'mms',
}));

let histories = 0;

/** A history as it is played on the server, with what the test remembers of it. */
class History {
  readonly #packs: { readonly uuid: string; readonly pool: string }[] = [];
  readonly #numbers: readonly string[];
  readonly #people: readonly string[];
  readonly #isWide: boolean;
  /** By number; what is in no pool is absent. */
  readonly #packOf = new Map<string, string>();
  /** By person and number: the powerpack whose message came last. */
  readonly #wrote = new Map<string, string>();
  /** By person: the number that they heard from last. */
  readonly #heard = new Map<string, string>();
  #said: Said[] = [];
  #seen = 0;
  /** How many messages went, and how many were kept back. */
  readonly counts = { sent: 0, kept: 0 };

  constructor(scope: 'powerpack' | 'account') {
    histories += 1;
    const first = (histories % 12) * 8;
    const areaCode = [201, 202, 203, 205, 206, 207, 208, 209][Math.floor(histories / 12) % 8];
    const number = (index: number) => `1${areaCode}5550${100 + first + index}`;
    this.#numbers = [0, 1, 2, 3].map(number);
    this.#people = [4, 5].map(number);
    this.#isWide = scope === 'account';
  }

  async play(all: readonly Step[]): Promise<void> {
    this.#seen = server.app.simulator.records.submissions.newestFirst().length;
    for (const name of ['one', 'other']) {
      const settings = { opt_out_scope: this.#isWide ? 'account' : 'powerpack' };
      this.#packs.push(await makePowerpack(server, `${name} ${histories}`, [], { settings }));
    }
    for (const number of this.#numbers) await server.call('POST', `PhoneNumber/${number}/`);
    for (const step of all) {
      await this.#do(step);
      await server.advance(minuteMs / 2);
      this.#check(step);
    }
  }

  async #do(step: Step): Promise<void> {
    const number = 'number' in step ? (this.#numbers[step.number] ?? '') : '';
    const person = 'person' in step ? (this.#people[step.person] ?? '') : '';
    const pack = 'pack' in step ? this.#packs[step.pack] : undefined;
    switch (step.kind) {
      case 'send': {
        const media =
          step.service === 'mms' ? { type: 'mms', media_urls: ['https://example.com/a.png'] } : {};
        await this.#send({ powerpack_uuid: pack?.uuid, dst: person, text: pack?.uuid, ...media });
        return;
      }
      case 'send by name':
        await this.#send({ src: number, dst: person, text: this.#packOf.get(number) ?? 'no powerpack' });
        return;
      case 'say':
        await this.#say(person, number, step.word);
        return;
      case 'answer': {
        const heard = this.#heard.get(person);
        if (heard !== undefined) await this.#say(person, heard, step.word);
        return;
      }
      case 'move':
        await this.#do({ kind: 'remove', number: step.number, unrent: false });
        await this.#do({ kind: 'add', number: step.number, pack: step.pack, service: 'mms' });
        return;
      case 'add': {
        const path = `NumberPool/${pack?.pool}/Number/${number}/`;
        const { status } = await server.call('POST', path, { service: step.service });
        if (status === 200 && pack !== undefined) this.#packOf.set(number, pack.uuid);
        return;
      }
      case 'remove': {
        const from = this.#packs.find(({ uuid }) => uuid === this.#packOf.get(number));
        if (from === undefined) return;
        const body = { unrent: step.unrent };
        await server.call('DELETE', `NumberPool/${from.pool}/Number/${number}/`, body);
        if (step.unrent) await server.call('POST', `PhoneNumber/${number}/`);
        this.#packOf.delete(number);
        return;
      }
      case 'sticky':
        await server.call('POST', `Powerpack/${pack?.uuid}/`, { sticky_sender: step.isOn });
        return;
      case 'delete and restore':
        await server.call('DELETE', `Powerpack/${pack?.uuid}/`, { unrent_numbers: step.unrent });
        await server.call('POST', `Powerpack/${pack?.uuid}/Restore/`);
        return;
      case 'wait':
        await server.advance(step.days * dayMs);
    }
  }

  async #send(fields: object): Promise<void> {
    const { status, text } = await server.call('POST', 'Message/', fields);
    assert.ok(status === 202 || status === 400, text);
    if (status === 202) this.counts.kept += 1;
  }

  async #say(person: string, number: string, word: 'STOP' | 'START'): Promise<void> {
    await sendText(server, person, number, word);
    await server.advance(6 * minuteMs);
    if (word === 'STOP') this.#stop(person, number);
    else this.#start(person, number);
  }

  #stop(person: string, number: string): void {
    const pack = this.#wrote.get(`${person} ${number}`) ?? this.#packOf.get(number);
    this.#said.push({ person, number, pack, isWide: this.#isWide && pack !== undefined });
  }

  #start(person: string, number: string): void {
    const packs = [this.#wrote.get(`${person} ${number}`), this.#packOf.get(number)].filter(
      (pack) => pack !== undefined,
    );
    this.#said = this.#said.flatMap((said) => {
      if (said.person !== person) return [said];
      const isOver =
        said.number === number ||
        (said.pack !== undefined && packs.includes(said.pack)) ||
        (said.isWide && packs.length > 0);
      return isOver ? [] : [{ ...said, isWide: false }];
    });
  }

  /** Checks the submissions since the last check. The server's own answers are no message of a customer. */
  #check(step: Step): void {
    const { submissions } = server.app.simulator.records;
    const all = submissions.newestFirst();
    const fresh = all.slice(0, all.length - this.#seen).reverse();
    this.#seen = all.length;
    for (const { submission } of fresh) {
      const { sender, destination, text } = submission;
      const pack = this.#packs.find(({ uuid }) => uuid === text)?.uuid;
      if (pack === undefined && text !== 'no powerpack') continue;
      const said = this.#said.find(
        ({ person, number, pack: stopped, isWide }) =>
          person === destination &&
          (number === sender || isWide || (stopped !== undefined && stopped === pack)),
      );
      assert.equal(said, undefined, `${sender} wrote to ${destination} after ${JSON.stringify(step)}`);
      this.counts.sent += 1;
      this.counts.kept -= 1;
      this.#heard.set(destination, sender);
      if (pack !== undefined) this.#wrote.set(`${destination} ${sender}`, pack);
    }
  }
}

for (const scope of ['powerpack', 'account'] as const) {
  test(`for any history of members, mappings, services and days, STOP that counts for the ${scope} holds until START`, async () => {
    const totals = { sent: 0, kept: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 30, maxLength: 40, size: 'max' }), async (all) => {
        const history = new History(scope);
        await history.play([...beginning, ...all]);
        totals.sent += history.counts.sent;
        totals.kept += history.counts.kept;
      }),
      { seed: 20261129, numRuns: 20, endOnFailure: true },
    );
    // Both things happen often enough to say something.
    assert.ok(totals.sent > 20 && totals.kept > 20, JSON.stringify(totals));
  });
}
