// Sentences of incidents.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentenceOf, type Trouble } from './incident.ts';

const cases: [
  trouble: Pick<Trouble, 'kind' | 'subject' | 'affected' | 'total' | 'detail'>,
  sentence: string,
][] = [
  [
    { kind: 'carrier', subject: 'north', affected: 0, total: 0, detail: 'connection refused' },
    'the carrier north is down: connection refused',
  ],
  [
    { kind: 'carrier', subject: 'north', affected: 0, total: 0, detail: undefined },
    'the carrier north is down',
  ],
  [
    { kind: 'error_code', subject: '30', affected: 12, total: 90, detail: undefined },
    '12 of 90 messages of an hour failed with code 30',
  ],
  [
    { kind: 'late_messages', subject: 'uuid', affected: 1, total: 1, detail: 'Orders' },
    '1 message of Orders waited behind one that was five minutes late',
  ],
  [
    { kind: 'late_messages', subject: '', affected: 7, total: 7, detail: undefined },
    '7 messages of no powerpack waited behind one that was five minutes late',
  ],
  [
    { kind: 'number', subject: '12025550101', affected: 45, total: 50, detail: undefined },
    '45 of 50 messages of a day from 12025550101 did not arrive',
  ],
  [
    { kind: 'webhook_url', subject: 'https://a.example/x', affected: 3, total: 4, detail: 'status 503' },
    '3 of 4 callbacks of an hour failed at https://a.example/x: status 503',
  ],
];
for (const [trouble, sentence] of cases) {
  test(sentence, () => assert.equal(sentenceOf({ ...trouble, beganAt: new Date(0) }), sentence));
}
