// Own words, languages and answers of a powerpack.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { defaultAnswersOf } from '../../src/powerpacks/keywords/keywords.ts';
import { makePowerpack, readMessage, seenBy, sendOne, sendText, stateOf } from '../support/messaging.ts';
import { startServerWithCatcher } from '../support/shared-server.ts';

const { server, catcher } = await startServerWithCatcher();

const secondMs = 1000;
const minuteMs = 60 * secondMs;
let drawn = 0;

/** Makes a powerpack with these rules, its number, and a handset. */
async function world(rules: object, settings: object = {}) {
  drawn += 1;
  const number = `1201555010${drawn % 10}`.replace('1201', `1${201 + Math.floor(drawn / 10)}`);
  const person = `1212555${String(2000 + drawn)}`;
  const pack = await makePowerpack(server, `keywords ${drawn}`, [number], { settings });
  const path = `Powerpack/${pack.uuid}/Keywords/`;
  const changed = await server.call('POST', path, rules);
  assert.equal(changed.status, 200, changed.text);
  return { ...pack, number, person, path };
}

/** Returns the texts that went to a handset. */
const heard = (person: string) => seenBy(server, person).map(({ text }) => text);

async function say({ person, number }: { person: string; number: string }, text: string) {
  await sendText(server, person, number, text);
  await server.advance(10 * secondMs);
}

const outcomeOf = async ({ uuid, person }: { uuid: string; person: string }) => {
  const id = await sendOne(server, { powerpack_uuid: uuid, dst: person });
  await server.advance(10 * secondMs);
  return stateOf(server, id);
};

test('without rules the vendor’s count, and a reset brings them back', async () => {
  const { uuid, path } = await world({
    languages: ['es'],
    brand: 'Acme',
    optout: 'enough',
    optin_answer: 'Hi',
  });
  const changed = (await server.call('GET', path)).body;
  assert.deepEqual(
    [changed.languages, changed.brand, changed.optout, changed.optin_answer, changed.matching],
    [['es'], 'Acme', ['enough'], 'Hi', 'strict'],
  );
  assert.match(changed.registration.optout_keywords, /^STOP,.*,ALTO,.*,ENOUGH$/);
  assert.equal(changed.registration.help_message, `Acme: ${defaultAnswersOf.es.help}`);
  const less = { optout: 'none', brand: null, optin_answer: 'default', languages: 'en,fr' };
  const { body } = await server.call('POST', path, less);
  assert.deepEqual(
    [body.optout, body.brand, body.optin_answer, body.languages],
    [[], null, null, ['en', 'fr']],
  );
  assert.equal((await server.call('DELETE', path)).status, 204);
  const vendors = (await server.call('GET', path)).body;
  assert.deepEqual([vendors.languages, vendors.answer, vendors.all_numbers], [['en'], 'server', false]);
  assert.equal((await server.call('GET', `Powerpack/${uuid.replace(/.$/, '0')}1/Keywords/`)).status, 404);
});

test('words of another language are followed, and answered in it with the brand', async () => {
  const place = await world({ languages: ['en', 'es'], brand: 'Acme' });
  await say(place, '¡Baja!');
  assert.deepEqual(heard(place.person), [`Acme: ${defaultAnswersOf.es.optout}`]);
  await server.advance(6 * minuteMs);
  assert.equal(await outcomeOf(place), 'failed 200');
  await say(place, 'Alta');
  assert.deepEqual(heard(place.person).at(-1), `Acme: ${defaultAnswersOf.es.optin}`);
  assert.equal(await outcomeOf(place), 'delivered 000');
  await say(place, 'help');
  assert.deepEqual(heard(place.person).at(-1), `Acme: ${defaultAnswersOf.en.help}`);
});

test('own words and own answers', async () => {
  const rules = {
    optout: 'no thanks',
    optout_answer: 'Acme: you are out. JOIN brings you back.',
    optin: 'join',
  };
  const place = await world(rules);
  await say(place, 'No thanks.');
  assert.deepEqual(heard(place.person), [rules.optout_answer]);
  await server.advance(6 * minuteMs);
  assert.equal(await outcomeOf(place), 'failed 200');
  await say(place, 'JOIN');
  assert.equal(await outcomeOf(place), 'delivered 000');
});

test('leniently, a text that begins with STOP opts out; strictly it does not', async () => {
  const [strict, lenient] = [await world({}), await world({ matching: 'lenient' })];
  for (const place of [strict, lenient]) {
    await say(place, 'Stop texting me');
    await server.advance(6 * minuteMs);
  }
  assert.deepEqual([await outcomeOf(strict), await outcomeOf(lenient)], ['delivered 000', 'failed 200']);
});

test('where the application answers, the server says nothing; where none is called, it does', async () => {
  const url = `${catcher.url}/answers`;
  const made = await server.call('POST', 'Application/', { app_name: 'answers', message_url: url });
  const settings = { application_type: 'xml', application_id: made.body.app_id };
  const [told, untold] = [
    await world({ answer: 'application' }, settings),
    await world({ answer: 'application' }),
  ];
  for (const place of [told, untold]) await say(place, 'STOP');
  assert.deepEqual(heard(told.person), []);
  assert.deepEqual(heard(untold.person), [defaultAnswersOf.en.optout]);
  assert.equal(catcher.calls.at(-1)?.parameters.MessageIntent, 'optout');
  // The one confirmation is the application's.
  assert.equal(await outcomeOf(told), 'delivered 000');
  assert.equal(await outcomeOf(told), 'failed 200');
});

test('the words that a person was told count although the number is in another powerpack by now', async () => {
  const place = await world({ optout: 'enough' });
  const id = await sendOne(server, { powerpack_uuid: place.uuid, dst: place.person });
  await server.advance(5 * secondMs);
  assert.equal((await readMessage(server, id)).from_number, place.number);
  await server.call('DELETE', `NumberPool/${place.pool}/Number/${place.number}/`);
  const other = await makePowerpack(server, `takes over ${drawn}`, []);
  await server.call('POST', `NumberPool/${other.pool}/Number/${place.number}/`);
  await say(place, 'Enough!');
  const { body } = await server.call('GET', `OptOut/${place.person}/`);
  assert.deepEqual(
    body.opt_outs.map((one: { powerpack_uuid: string }) => one.powerpack_uuid),
    [place.uuid],
  );
});

describe('refused are', () => {
  for (const [what, rules, error] of [
    ['a word of two intents', { optin: 'stop' }, 'optin must not have "stop", which is a keyword of optout'],
    ['an unknown language', { languages: 'de' }, 'languages[0] must be one of en, fr, es'],
    [
      'an answer that is a keyword',
      { help_answer: 'STOP' },
      'help_answer must not make an answer that is a keyword itself: two machines would talk without end',
    ],
    [
      'too many words',
      { help: Array.from({ length: 21 }, (_, index) => `word ${index}`) },
      'help must be a list of at most 20 entries',
    ],
  ] as const) {
    test(what, async () => {
      const { path } = await world({});
      const refused = await server.call('POST', path, rules);
      assert.deepEqual([refused.status, refused.body.error], [400, error]);
    });
  }
});

test('by all rules a person who opted out is not written to before opting in', async () => {
  const letters = fc.constantFrom('enough', 'no more', 'weg', 'basta', 'hola', 'join', 'merci', 'si', 'oui');
  const own = fc.uniqueArray(letters, { maxLength: 3 });
  const anyRules = fc.record({
    languages: fc.uniqueArray(fc.constantFrom('en', 'fr', 'es'), { minLength: 1 }),
    matching: fc.constantFrom('strict', 'lenient'),
    optout: own,
    optin: own,
    help: own,
    answer: fc.constantFrom('server', 'application'),
  });
  const standard = fc.constantFrom(
    'STOP',
    'Unsubscribe.',
    'start',
    'help',
    'baja',
    'ARRÊT',
    'hello',
    'stop it',
  );
  const steps = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('say' as const), text: fc.oneof(standard, letters) }),
      fc.record({ kind: fc.constant('send' as const) }),
      fc.record({ kind: fc.constant('change' as const), rules: anyRules }),
    ),
    { minLength: 6, maxLength: 12 },
  );
  const counts = { kept: 0, sent: 0 };
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const place = await world({});
      let isOut = false;
      for (const step of history) {
        if (step.kind === 'change') {
          // Rules that contradict themselves are refused, and change nothing.
          const given = Object.entries(step.rules).map(([name, value]) => [
            name,
            value.length === 0 ? 'none' : value,
          ]);
          await server.call('POST', place.path, Object.fromEntries(given));
        } else if (step.kind === 'say') {
          const rules = (await server.call('GET', place.path)).body;
          const plain = step.text.replace('.', '').toUpperCase();
          const has = (list: string) => list.split(',').includes(plain);
          const begins = rules.matching === 'lenient' && step.text === 'stop it';
          await say(place, step.text);
          await server.advance(6 * minuteMs);
          if (has(rules.registration.optout_keywords) || begins) isOut = true;
          else if (has(rules.registration.optin_keywords)) isOut = false;
        } else {
          const outcome = await outcomeOf(place);
          assert.equal(outcome, isOut ? 'failed 200' : 'delivered 000', JSON.stringify(history));
          counts[isOut ? 'kept' : 'sent'] += 1;
        }
      }
    }),
    { seed: 20261130, numRuns: 12 },
  );
  assert.ok(counts.kept > 5 && counts.sent > 5, JSON.stringify(counts));
});
