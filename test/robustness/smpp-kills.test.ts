// A server that is killed with messages in flight to an SMSC loses none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSmppKills } from './smpp-kills.ts';

test('two kills with messages in flight: none is lost, and none goes twice without a kill between', async () => {
  const { accepted } = await runSmppKills({ kills: 2, seed: 1, messagesPerKill: 40 });
  assert.equal(accepted, 80);
});
