// Accepting together, between accounts: an account with too much waiting is refused, and no other is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { acceptParts, textTo } from '../../../test/support/accepting.ts';
import { testStart } from '../../../test/support/app.ts';
import { openTestDatabase } from '../../../test/support/database.ts';
import { insertPool, poolAccount, powerpackUuid } from '../../../test/support/pool-rows.ts';
import { ApiError } from '../../base/errors.ts';
import { systemTimers } from '../../base/timers.ts';
import type { Db } from '../../db/db.ts';
import { maxDestinations } from '../send-request.ts';
import { MessageAcceptor, maxWaitingOfAccount } from './message-acceptor.ts';

let db: Db;
let acceptor: MessageAcceptor;

before(async () => {
  db = await openTestDatabase();
  await insertPool(db, 1, ['12015550100']);
  acceptor = new MessageAcceptor({ ...acceptParts(), db, realTimers: systemTimers });
});

after(() => db.close());

const powerpack = (index: number) => ({ kind: 'powerpack', uuid: powerpackUuid(index) }) as const;

test('an account with too much waiting is told when to come again, and another is served', async () => {
  const many = maxWaitingOfAccount / maxDestinations;
  // They count for what they ask, whether or not there is such a powerpack.
  const flood = textTo(maxDestinations, { accountId: 'MAFLOOD0000000000000', from: powerpack(9) });
  const big = () => acceptor.accept(db, flood, testStart);
  const waiting = Promise.allSettled(Array.from({ length: many }, big));
  const isTooMany = (error: unknown) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.status, 429);
    assert.equal(error.headers['Retry-After'], '1');
    assert.match(error.message, /^too many requests: 10000 messages of this account wait/);
    return true;
  };
  const refused = Array.from({ length: 3 }, () => assert.rejects(big(), isTooMany));
  const other = acceptor.accept(db, textTo(1, { accountId: poolAccount, from: powerpack(1) }), testStart);
  await Promise.all(refused);
  assert.equal((await other).length, 1);
  for (const answer of await waiting) {
    assert.equal(answer.status === 'rejected' && answer.reason.message, 'powerpack not found');
  }
  await assert.rejects(big(), /powerpack not found/, 'there is room again');
});
