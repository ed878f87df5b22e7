// Logins that sent messages before and have ended since: no server accepts anything from them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  openTestPlace,
  startTestApp,
  type TestAccount,
  type TestApp,
  type TestPlace,
} from '../support/app.ts';

let place: TestPlace;
let one: TestApp;
let two: TestApp;
before(async () => {
  place = await openTestPlace();
  one = await startTestApp({ RUCKSACK_LOGIN_FAILURES: '3' }, place);
  two = await startTestApp({ RUCKSACK_LOGIN_FAILURES: '3' }, place);
});
after(async () => {
  await one.stop();
  await two.stop();
  await place.db.close();
});

const minuteMs = 60_000;

/** Makes an account with a number of its own, from which both servers have sent. */
async function makeSender(number: string): Promise<TestAccount> {
  const account = await one.makeAccount();
  await one.call('POST', `PhoneNumber/${number}/`, {}, { as: account });
  assert.deepEqual(await sendAs(account, number), [202, 202]);
  return account;
}

/** Returns the answer of each server to a message. */
async function sendAs(as: TestAccount, src: string, fields: object = {}): Promise<number[]> {
  const order = { src, dst: '12015550199', text: 'hello', ...fields };
  const answers = [
    await one.call('POST', 'Message/', order, { as }),
    await two.call('POST', 'Message/', order, { as }),
  ];
  return answers.map(({ status }) => status);
}

const countMessages = async (accountId: string): Promise<number> => {
  const rows = await place.db.query('select 1 from messages where account_id = $1', [accountId]);
  return rows.length;
};

test('a token that was replaced sends nothing more through any server', async () => {
  const account = await makeSender('12015550120');
  const { body } = await one.call('POST', 'Token/', { grace_seconds: 0 }, { as: account });
  assert.deepEqual(await sendAs(account, '12015550120'), [401, 401]);
  assert.equal(await countMessages(account.authId), 2);
  const rotated = { authId: account.authId, authToken: body.auth_token };
  assert.deepEqual(await sendAs(rotated, '12015550120'), [202, 202]);
});

test('a token ends when its grace does', async () => {
  const account = await makeSender('12015550121');
  await one.call('POST', 'Token/', { grace_seconds: 60 }, { as: account });
  assert.deepEqual(await sendAs(account, '12015550121'), [202, 202]);
  await one.advance(minuteMs);
  assert.deepEqual(await sendAs(account, '12015550121'), [401, 401]);
});

test('an ended login gets that error and no other, even for an invalid request', async () => {
  const account = await makeSender('12015550122');
  await one.call('POST', 'Token/', { grace_seconds: 0 }, { as: account });
  assert.deepEqual(await sendAs(account, '12015550122', { text: '' }), [401, 401]);
});

test('an ended login counts as a failure, and too many failures have to wait', async () => {
  const account = await makeSender('12015550123');
  await one.call('POST', 'Token/', { grace_seconds: 0 }, { as: account });
  const statuses = [];
  for (let attempt = 0; attempt < 4; attempt++) statuses.push(...(await sendAs(account, '12015550123')));
  assert.deepEqual(statuses, [401, 401, 401, 401, 401, 401, 429, 429]);
});

test('a subaccount sends nothing more once it is disabled, nor does its main account for it once it is gone', async () => {
  const main = await one.makeAccount();
  const made = await one.call('POST', 'Subaccount/', { name: 'a branch', enabled: true }, { as: main });
  const branch = { authId: made.body.auth_id, authToken: made.body.auth_token };
  await one.call('POST', 'PhoneNumber/12015550124/', {}, { as: branch });
  const asMain = async () => {
    const order = { src: '12015550124', dst: '12015550199', text: 'hello' };
    const path = `/v1/Account/${branch.authId}/Message/`;
    return (await one.call('POST', path, order, { as: main })).status;
  };
  assert.deepEqual(await sendAs(branch, '12015550124'), [202, 202]);
  assert.equal(await asMain(), 202);
  await one.call('POST', `Subaccount/${branch.authId}/`, { name: 'a branch', enabled: false }, { as: main });
  assert.deepEqual(await sendAs(branch, '12015550124'), [401, 401]);
  assert.equal(await asMain(), 202);
  await one.call('DELETE', `Subaccount/${branch.authId}/`, undefined, { as: main });
  assert.equal(await asMain(), 404);
});

test('an ended login in a batch takes no neighbour along', async () => {
  const ended = await makeSender('12015550125');
  const other = await makeSender('12015550126');
  await one.call('POST', 'Token/', { grace_seconds: 0 }, { as: ended });
  const answers = await Promise.all(
    [ended, other, ended, other].map((as) => {
      const src = as === ended ? '12015550125' : '12015550126';
      return one.call('POST', 'Message/', { src, dst: '12015550199', text: 'hello' }, { as });
    }),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    [401, 202, 401, 202],
  );
});
