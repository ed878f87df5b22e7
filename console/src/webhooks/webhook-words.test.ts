// The words of the callback log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describeFailure,
  Expired,
  NameNotFound,
  RefusedAddress,
} from '../../../src/webhooks/http/http-failure.ts';
import { adviceOn, answerInWords, nextInWords, responseInWords } from './webhook-words.ts';

const failures: [error: unknown, advice: RegExp][] = [
  [new Expired(), /too slow/],
  [new NameNotFound(), /DNS/],
  [new RefusedAddress('10.0.0.1', 'private'), /RUCKSACK_WEBHOOK_NETWORKS/],
  [Object.assign(new Error(), { code: 'ECONNREFUSED' }), /port/],
  [Object.assign(new Error(), { code: 'ECONNRESET' }), /closed the connection/],
  [Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' }), /certificate/],
];
for (const [error, advice] of failures) {
  const sentence = describeFailure(error, 8000);
  test(`there is advice on: ${sentence}`, () => assert.match(adviceOn(sentence) ?? '', advice));
}

test('there is advice on responses that do not count, and none on unknown errors', () => {
  assert.match(adviceOn('redirects are not followed') ?? '', /redirects to/);
  assert.match(adviceOn('the answer is not 2xx') ?? '', /200 to 299/);
  assert.equal(adviceOn('connection failed (EWEIRD)'), undefined);
});

test('the use of a reply is shown, whatever its type', () => {
  const answered = (content_type: string | null, answer: string | null = '<Response/>') =>
    answerInWords({ content_type, answer }, 'inbound');
  assert.match(answered('text/xml; charset=utf-8'), /as text\/xml; charset=utf-8\. Message XML is sent/);
  assert.match(answered('text/html'), /as text\/html\. Message XML is sent/);
  assert.match(answered(''), /without a Content-Type\. Message XML is sent/);
  assert.match(answered('text/xml', null), /not stored/);
  assert.match(answered('text/xml', ''), /Empty/);
  assert.match(
    answerInWords({ content_type: 'text/xml', answer: 'ok' }, 'status'),
    /ignored for a status callback/,
  );
});

test('the next step is shown for every outcome', () => {
  assert.match(nextInWords({ outcome: 'pending', attempts: 0 }), /first attempt/);
  assert.match(nextInWords({ outcome: 'pending', attempts: 2 }), /repeated/);
  assert.match(nextInWords({ outcome: 'failed', attempts: 4 }), /replay/);
  assert.match(nextInWords({ outcome: 'delivered', attempts: 1 }), /Delivered/);
});

test('a response is its status and what was wrong', () => {
  assert.equal(responseInWords({ status: null, error: null }), '–');
  assert.equal(responseInWords({ status: 200, error: null }), '200');
  assert.equal(
    responseInWords({ status: 500, error: 'the answer is not 2xx' }),
    '500: the answer is not 2xx',
  );
  assert.equal(responseInWords({ status: null, error: 'connection refused' }), 'connection refused');
});
