// Rules as sentences.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presets } from './presets.ts';
import { type Rule, standardRule } from './rule.ts';
import { ruleInWords } from './rule-words.ts';

const sentences: [rule: Partial<Rule>, sentence: string][] = [
  [{}, 'All messages are accepted and reported as delivered after 100 ms.'],
  [
    { match: { destination: '1415*', service: 'sms' }, share: 0.3, report: 'undelivered', error_code: 50 },
    '30% of the SMS to 1415* are accepted and reported as undelivered (code 50) after 100 ms.',
  ],
  [
    { match: { sender: '1212*', text: 'hi' }, report: 'lost', times: 3 },
    'All messages from 1212* with “hi” in the text are accepted and never reported; the next 3 only.',
  ],
  [
    { delay_ms: [1000, 60_000], duplicates: 1 },
    'All messages are accepted and reported as delivered after 1 s to 1 min, 2 times.',
  ],
  [
    { overtake: true, throttle: 5 },
    'All messages are accepted and reported as delivered before the response; at most 5 a second, the rest is throttled.',
  ],
  [
    { submit: 'disconnected', outage_ms: 60_000, times: 1 },
    'All messages cut the connection for 1 min; the next one only.',
  ],
  [{ submit: 'disconnected' }, 'All messages lose their connection.'],
  [{ submit: 'spam', report: 'lost' }, 'All messages are refused as spam.'],
  [
    { submit: 'unanswered' },
    'All messages are taken without a response and reported as delivered after 100 ms.',
  ],
];
for (const [rule, sentence] of sentences) {
  test(sentence, () => assert.equal(ruleInWords({ ...standardRule, ...rule }), sentence));
}

test('no two presets say the same', () => {
  const words = new Set(presets.map(({ rule }) => ruleInWords(rule)));
  assert.equal(words.size, presets.length);
});
