// The consequences of a removal, in sentences.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consequencesOf, type Leaving } from './removal-words.ts';

const quiet: Leaving = {
  kind: 'longcode',
  unrents: false,
  queued: 0,
  stickyRecipients: 0,
  hasApplication: false,
};

const cases: [title: string, leaving: Partial<Leaving>, expected: RegExp[]][] = [
  ['a number that stays rented', {}, [/stays rented/]],
  ['a number that is given back', { unrents: true }, [/leaves the pool and the account/]],
  ['a short code', { kind: 'shortcode', hasApplication: true }, [/^The short code leaves the pool/]],
  [
    'a queue of a number that stays rented',
    { queued: 1 },
    [/stays/, /^1 message in its queue will still go out/],
  ],
  ['a queue of a number that is given back', { queued: 2, unrents: true }, [/./, /^2 messages .* code 40/]],
  ['one recipient', { stickyRecipients: 1 }, [/stays/, /^1 recipient loses its sticky sender/]],
  ['many recipients', { stickyRecipients: 1200 }, [/stays/, /^1,200 recipients lose their sticky sender/]],
  ['replies to an application', { hasApplication: true }, [/stays/, /own application again/]],
  ['replies without an application', { hasApplication: true, unrents: true }, [/leaves/, /no longer arrive/]],
];

for (const [title, leaving, expected] of cases) {
  test(title, () => {
    const sentences = consequencesOf({ ...quiet, ...leaving });
    assert.equal(sentences.length, expected.length, sentences.join(' '));
    expected.forEach((pattern, index) => {
      assert.match(sentences[index] ?? '', pattern);
    });
  });
}
