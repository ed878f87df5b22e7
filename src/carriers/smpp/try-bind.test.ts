// The bind of `doctor`, against a scripted SMSC: what it says, in words, and that the SMSC is left as it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSmppBench } from '../../../test/support/smpp-carrier.ts';
import { sampleSmppConfig } from '../../../test/support/smpp-samples.ts';
import type { SmscScript } from '../../../test/support/smsc.ts';
import type { Connect } from './connect.ts';
import { tryBind } from './try-bind.ts';

const host = 'smsc.example:2775';

/** Makes an SMSC, and the function that tries a bind to it, while the time goes on. */
function makeTrial(script: SmscScript, connect?: Connect) {
  const { smsc, clock, wires, pass } = makeSmppBench({}, script);
  const toSmsc: Connect = async () => {
    const [ours, theirs] = wires.pair();
    smsc.serve(theirs);
    return ours;
  };
  const trial = async () => {
    const tried = tryBind(sampleSmppConfig({ bind_seconds: 5 }), host, {
      connect: connect ?? toSmsc,
      timers: clock,
    });
    tried.catch(() => {});
    await pass(10_000);
    return tried;
  };
  return { smsc, trial };
}

const commandsOf = ({ sessions }: ReturnType<typeof makeTrial>['smsc']) =>
  sessions.map(({ received }) => received.map(({ command }) => command));

test('a good account is bound as a transmitter, and unbound', async () => {
  const { smsc, trial } = makeTrial({});
  assert.equal(await trial(), 'smsc.example:2775 took the bind, and calls itself smsc');
  assert.deepEqual(commandsOf(smsc), [['bind_transmitter', 'unbind']]);
  assert.deepEqual(smsc.bound, []);
});

test('an SMSC that takes no transmitter is bound as the entry says', async () => {
  let binds = 0;
  const { smsc, trial } = makeTrial({
    bind: () => {
      binds += 1;
      return binds === 1 ? 0x04 : 0;
    },
  });
  assert.match(await trial(), /took the bind/);
  assert.deepEqual(commandsOf(smsc), [['bind_transmitter'], ['bind_transceiver', 'unbind']]);
});

const refusals: [status: number, words: RegExp][] = [
  [0x0e, /refused the bind: 0x0e ESME_RINVPASWD \(the password is wrong, or this address may not use/],
  [0x0f, /0x0f ESME_RINVSYSID \(the SMSC does not know this system_id\)$/],
  [0x0d, /0x0d ESME_RBINDFAIL \(often the account has too many binds/],
  [0x05, /0x05 ESME_RALYBND \(the account is bound already/],
  [0x08, /0x08 ESME_RSYSERR$/],
];
for (const [status, words] of refusals) {
  test(`a bind that is refused with ${status} says so in the SMSC's name for it, and in words`, async () => {
    await assert.rejects(makeTrial({ bind: () => status }).trial(), words);
  });
}

test('a wrong password is tried once: accounts get locked', async () => {
  const { smsc, trial } = makeTrial({ bind: () => 0x0e });
  await assert.rejects(trial());
  assert.equal(smsc.sessions.length, 1);
});

test('an SMSC that cannot be reached, and one that says nothing, are told', async () => {
  const unreachable = makeTrial({}, async () => {
    throw new Error(`${host} cannot be reached: refused`);
  });
  await assert.rejects(unreachable.trial(), /cannot be reached: refused$/);
  const silent = makeTrial({}, async () => makeSmppBench().wires.pair()[0]);
  await assert.rejects(silent.trial(), /did not take the bind: no answer to the bind within 5 s$/);
});
