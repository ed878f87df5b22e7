// Webhooks beside those that vendors document: octets, parts, names that are used again, and what cannot be read.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { httpConfig } from './config.ts';
import {
  type InboundRule,
  type ReportRule,
  readInbound,
  readReports,
  UnreadableWebhook,
} from './read-webhook.ts';
import { makeSource } from './reading.ts';

const at = new Date('2026-11-29T12:00:00Z');
const reference = '019cebb2-7a55-7c3e-8d0b-000000000001';
const secrets = { user: 'u', password: 'p', key: 'k', secret: 's' };
const config = (preset: string) => httpConfig.parse({ name: 'up', type: 'http', preset, secrets });
const form = (fields: Record<string, string>) => makeSource({}, '', new URLSearchParams(fields).toString());

const jasmin = config('jasmin').inbound as InboundRule;
const texts: [title: string, fields: Record<string, string>, text: string][] = [
  ['GSM', { coding: '0', binary: '477200', content: 'Gr\0' }, 'Gr@'],
  ['GSM with an escape', { coding: '0', binary: '1b65', content: '?' }, '€'],
  ['UCS-2', { coding: '8', binary: '00fc2603', content: '?' }, 'ü☃'],
  ['GSM, with the coding as its octet', { coding: '\0', binary: '477200', content: 'Gr\0' }, 'Gr@'],
  ['UCS-2, with the coding as its octet', { coding: '\b', binary: '00fc2603', content: '?' }, 'ü☃'],
  ['Latin-1', { coding: '3', binary: 'fc', content: '?' }, 'ü'],
  ['binary content', { coding: '4', binary: '0102', content: '?' }, ''],
  ['no octets', { content: 'plain' }, 'plain'],
];
describe('a message of Jasmin in', () => {
  for (const [title, fields, text] of texts) {
    test(title, () => {
      const [message] = readInbound(jasmin, form({ id: '7', from: '1', to: '2', ...fields }));
      assert.equal(message?.text, text);
    });
  }
});

test('a message without a name, sender or destination cannot be read', () => {
  const whole = { id: '7', from: '1', to: '2' };
  for (const missing of ['id', 'from', 'to']) {
    const source = form({ ...whole, [missing]: '' });
    assert.throws(() => readInbound(jasmin, source), UnreadableWebhook, missing);
  }
});

const vonage = config('vonage').inbound as InboundRule;
const parts: [title: string, fields: Record<string, string>, part: object | undefined][] = [
  [
    'a decimal reference',
    { 'concat-ref': '300', 'concat-part': '2', 'concat-total': '3' },
    { reference: 300, part: 2, total: 3, width: 16 },
  ],
  [
    'a hexadecimal reference',
    { 'concat-ref': '08B5', 'concat-part': '1', 'concat-total': '2' },
    { reference: 0x8b5, part: 1, total: 2, width: 16 },
  ],
  ['a number that is none', { 'concat-ref': '1', 'concat-part': '1.5', 'concat-total': '2' }, undefined],
  ['a reference that is none', { 'concat-ref': '?', 'concat-part': '1', 'concat-total': '2' }, undefined],
  ['no part', {}, undefined],
];
describe('a part with', () => {
  for (const [title, fields, part] of parts) {
    test(title, () => {
      const [message] = readInbound(vonage, form({ messageId: '7', msisdn: '1', to: '2', ...fields }));
      assert.deepEqual(message?.part, part);
    });
  }
});

const kannel = config('kannel').reports as ReportRule;
const reports: [query: string, outcome: string, detail: string][] = [
  ['type=1&answer=', 'delivered', '1'],
  ['type=2&answer=UNDELIV', 'undelivered', '2 UNDELIV'],
  ['type=8&answer=ACK%2F', 'progress', '8 ACK/'],
  ['type=16&answer=NACK%2F11', 'undelivered', '16 NACK/11'],
  ['type=32', 'progress', '32'],
];
describe('a report of Kannel', () => {
  for (const [query, outcome, detail] of reports) {
    test(`${query} is ${outcome}`, () => {
      const [report] = readReports(kannel, makeSource({}, query, ''), reference, at);
      const errorCode = outcome === 'undelivered' ? 1000 : undefined;
      assert.deepEqual(
        [report?.reference, report?.outcome, report?.detail, report?.errorCode],
        [reference, outcome, detail, errorCode],
      );
    });
  }

  test('without a status, or about no message, cannot be read', () => {
    assert.throws(() => readReports(kannel, makeSource({}, '', ''), reference, at), UnreadableWebhook);
    assert.throws(() => readReports(kannel, makeSource({}, 'type=1', ''), undefined, at), UnreadableWebhook);
    assert.throws(() => readReports(kannel, makeSource({}, 'type=1', ''), 'no-uuid', at), UnreadableWebhook);
  });
});
