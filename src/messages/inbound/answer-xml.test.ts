// Reading the answer to an inbound message.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import plivo from 'plivo';
import { type AnsweredMessage, readAnswer } from './answer-xml.ts';

const plain: AnsweredMessage = {
  sender: undefined,
  destinations: [],
  service: 'sms',
  callbackUrl: undefined,
  callbackMethod: 'POST',
  text: 'Thanks!',
};

const one = (attributes: string, text = 'Thanks!'): string =>
  `<Response><Message${attributes}>${text}</Message></Response>`;

const full: AnsweredMessage = {
  sender: '14155550100',
  destinations: ['14155550123', '14155550124'],
  service: 'sms',
  callbackUrl: 'https://app.example.com/status?a=1&b=2',
  callbackMethod: 'GET',
  text: 'Thanks!',
};
const fullAttributes =
  ' src="14155550100" dst="14155550123&lt;14155550124" type="sms"' +
  ' callbackUrl="https://app.example.com/status?a=1&amp;b=2" callbackMethod="GET"';

const read: [what: string, xml: string, messages: Partial<AnsweredMessage>[]][] = [
  ['a text alone', one(''), [{}]],
  ['every attribute', one(fullAttributes), [full]],
  ['single quotes', one(fullAttributes.replaceAll('"', "'")), [full]],
  ['an XML declaration', `<?xml version="1.0" encoding="utf-8"?>\n${one('')}`, [{}]],
  ['white space before the declaration', `\n  <?xml version="1.0"?>${one('')}\n`, [{}]],
  ['a byte order mark', `\ufeff${one('')}`, [{}]],
  ['white space around the text', one('', '\n    Thanks!\n  '), [{}]],
  ['lines', one('', 'one\r\ntwo'), [{ text: 'one\ntwo' }]],
  ['references', one('', 'a &amp; b &lt; c &#233; &#x2603;'), [{ text: 'a & b < c é ☃' }]],
  ['CDATA', one('', '<![CDATA[a & b < c &amp; d]]>'), [{ text: 'a & b < c &amp; d' }]],
  ['a comment within the text', one('', 'Than<!-- no -->ks!'), [{}]],
  ['elements within the text', one('', '<b>Than</b>ks!'), [{}]],
  ['a default namespace', '<Response xmlns="urn:x"><Message>Thanks!</Message></Response>', [{}]],
  ['destinations with white space', one(' dst=" 1 &lt; 2 &lt;"'), [{ destinations: ['1', '2'] }]],
  ['empty attributes', one(' src="" dst="" type="" callbackUrl="" callbackMethod=""'), [{}]],
  ['unknown attributes', one(' color="red"'), [{}]],
  [
    'any case of type and method',
    one(' type="MMS" callbackMethod="get"'),
    [{ service: 'mms', callbackMethod: 'GET' }],
  ],
  [
    'several messages, in order, and other elements between them',
    '<Response><Speak>no</Speak><Message>1</Message><Wait/>no<Message>2</Message><Dial><Message>no</Message></Dial></Response>',
    [{ text: '1' }, { text: '2' }],
  ],
  ["Go's bare &", one('', 'Q&A, AT&T & you &c; me'), [{ text: 'Q&A, AT&T & you &c; me' }]],
  ["Go's bare <", one('', 'I <3 you, 1 < 2 & 2 <= 3 <'), [{ text: 'I <3 you, 1 < 2 & 2 <= 3 <' }]],
  ['bare signs among references', one('', '1 < 2 &amp; 3 &gt; 2'), [{ text: '1 < 2 & 3 > 2' }]],
  ['dst without escapes', one(' dst="14155550123<14155550124"'), [{ destinations: full.destinations }]],
  [
    "names of HTML's characters",
    one('', 'caf&eacute;&nbsp;5&euro; &AMP; &c;'),
    [{ text: 'café\u00a05€ &AMP; &c;' }],
  ],
  [
    'a name of HTML in an attribute',
    one(' callbackUrl="https://x.example/&ccedil;"'),
    [{ callbackUrl: 'https://x.example/ç' }],
  ],
  ['bare signs beside CDATA', one('', '1 < 2 & <![CDATA[&nbsp; <]]>'), [{ text: '1 < 2 & &nbsp; <' }]],
  ['bare signs beside a comment', one('', '1 < 2 <!-- < & -->'), [{ text: '1 < 2' }]],
  ['a > within quotes', one(' color=">"', 'a > b'), [{ text: 'a > b' }]],
  [
    'small letters',
    one(fullAttributes).toLowerCase(),
    [full].map((message) => ({ ...message, callbackMethod: 'GET', text: 'thanks!' })),
  ],
  [
    'capitals',
    one(' DST="1&lt;2"').replaceAll(/Response|Message/g, (name) => name.toUpperCase()),
    [{ destinations: ['1', '2'] }],
  ],
  ['comments and instructions before the root', `<!-- a --><?b?>${one('')}`, [{}]],
];

describe('read:', () => {
  for (const [what, xml, messages] of read) {
    test(what, () => {
      assert.deepEqual(readAnswer(xml), {
        kind: 'messages',
        messages: messages.map((message) => ({ ...plain, ...message })),
        unreadable: [],
      });
    });
  }
});

const silent: [what: string, xml: string][] = [
  ['an empty body', ''],
  ['white space', ' \n'],
  ['an empty answer', '<Response/>'],
  [
    'an empty answer on several lines',
    '<?xml version="1.0"?>\n<Response>\n  <!-- nothing -->\n</Response>\n',
  ],
];

describe('no reply:', () => {
  for (const [what, xml] of silent) test(what, () => assert.deepEqual(readAnswer(xml), { kind: 'none' }));
});

const notXml = 'it is not well-formed XML';
const noMessage = 'its Response has no Message';
const unreadable: [what: string, xml: string, why: string][] = [
  ['text', 'Thanks!', 'it is not XML'],
  ['JSON', '{"text":"Thanks!"}', 'it is not XML'],
  ['no message', '<Response><Speak>Hello</Speak></Response>', noMessage],
  ['a text without a message', '<Response>Hello</Response>', noMessage],
  ['a message somewhere else', '<Response><Dial><Message>no</Message></Dial></Response>', noMessage],
  ['an open comment', '<Response><Message>Thanks!</Message><!-- </Response>', notXml],
  ['an open quote', one(' dst="1'), notXml],
  ['an open element', '<Response><Message>Thanks!</Response>', notXml],
  ['something that looks like a tag', one('', 'a <b c'), notXml],
  ['two roots', `${one('')}${one('')}`, notXml],
  ['the same attribute twice', one(' src="1" src="2"'), notXml],
  ['another root', '<Message>Thanks!</Message>', 'its root element is not Response'],
  ['HTML', '<html><body>Oops<br></html>', 'its root element is not Response'],
  ['an HTML page', '<!doctype html><html><p>Oops</html>', 'it has a document type'],
  ['a document type', `<!DOCTYPE Response>${one('')}`, 'it has a document type'],
  [
    'entities within entities',
    `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${one('', '&b;')}`,
    'it has a document type',
  ],
  [
    'an entity out of a file',
    `<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>${one('', '&a;')}`,
    'it has a document type',
  ],
  [
    'a compressed answer',
    gzipSync(one('')).toString(),
    'it is compressed, although the call asks for it as it is',
  ],
  ['what was not encoded as it said', one('', 'caf\ufffd'), 'it is not encoded as it says'],
  [
    '101 messages',
    `<Response>${'<Message>1</Message>'.repeat(101)}</Response>`,
    'it has more than 100 messages',
  ],
  [
    'elements within elements',
    one('', `${'<a>'.repeat(15)}${'</a>'.repeat(15)}`),
    'it nests elements more than 16 deep',
  ],
  [
    'more markup than messages need',
    one('', '<b/>'.repeat(1000)),
    'it has more than 1000 elements, attributes and comments',
  ],
  [
    'more attributes',
    one(Array.from({ length: 1000 }, (_, index) => ` a${index}=""`).join('')),
    'it has more than 1000 elements, attributes and comments',
  ],
  [
    'more comments',
    one('', '<!---->'.repeat(1000)),
    'it has more than 1000 elements, attributes and comments',
  ],
  ['a huge text', one('', 'a'.repeat(70_000)), 'it is longer than 65536 characters'],
];

describe('unreadable:', () => {
  for (const [what, xml, why] of unreadable) {
    test(what, () => assert.deepEqual(readAnswer(xml), { kind: 'unreadable', why }));
  }
});

const unsendable: [what: string, xml: string, why: string][] = [
  ['a message without text', one('', ' '), 'it has no text'],
  ['another type', one(' type="whatsapp"'), 'its type is neither sms nor mms'],
  ['another method', one(' callbackMethod="PUT"'), 'its callbackMethod is neither GET nor POST'],
  ['a zero', one('', 'a&#0;b'), 'it has a character that XML forbids'],
  ['a zero as it is', one('', 'a\0b'), 'it has a character that XML forbids'],
  ['half a surrogate pair', one('', 'a&#xD83D;b'), 'it has a character that XML forbids'],
  ['a zero in an attribute', one(' dst="1&#0;"'), 'it has a character that XML forbids'],
];

describe('a message that cannot be sent:', () => {
  for (const [what, xml, why] of unsendable) {
    test(what, () =>
      assert.deepEqual(readAnswer(xml), {
        kind: 'messages',
        messages: [],
        unreadable: [{ place: 1, why }],
      }),
    );
  }
});

test('those around a bad message are read all the same', () => {
  const xml = '<Response><Message>1</Message><Message/><Message>3</Message></Response>';
  assert.deepEqual(readAnswer(xml), {
    kind: 'messages',
    messages: [
      { ...plain, text: '1' },
      { ...plain, text: '3' },
    ],
    unreadable: [{ place: 2, why: 'it has no text' }],
  });
});

test('a hundred messages are read', () => {
  const answer = readAnswer(`<Response>${'<Message>1</Message>'.repeat(100)}</Response>`);
  assert.equal(answer.kind === 'messages' && answer.messages.length, 100);
});

test('an answer that is built to be slow or deep is dealt with soon', { timeout: 20_000 }, () => {
  const pieces = [
    '<a>',
    '<a/>',
    '<Message/>',
    '<',
    '&',
    '&#',
    '<![CDATA[',
    '<!--',
    '<?a ',
    '</a ',
    'a="',
    ' ',
    '<a b="<',
  ];
  for (const piece of pieces) {
    const body = piece.repeat(Math.floor(60_000 / piece.length));
    for (const xml of [
      body,
      `<Response>${body}`,
      `<Response ${body}`,
      one('', body),
      one(` dst="${body}"`),
    ]) {
      assert.doesNotThrow(() => readAnswer(xml));
    }
  }
  const deep = `${'<a>'.repeat(8_000)}deep${'</a>'.repeat(8_000)}`;
  assert.deepEqual(readAnswer(one('', deep)), {
    kind: 'unreadable',
    why: 'it nests elements more than 16 deep',
  });
});

describe("the Node SDK's builder", () => {
  /** Returns an answer as a customer's program builds it. */
  function build(messages: readonly (readonly [text: string, attributes: Record<string, string>])[]): string {
    const response = plivo.Response();
    for (const [text, attributes] of messages) response.addMessage(text, attributes);
    return response.toXML();
  }

  test('is read back', () => {
    const { sender: src = '', callbackUrl = '', callbackMethod, text } = full;
    const xml = build([
      [text, { src, dst: full.destinations.join('<'), type: 'sms', callbackUrl, callbackMethod }],
      ['Q&A <3 "☃"', { type: 'mms' }],
    ]);
    assert.deepEqual(readAnswer(xml), {
      kind: 'messages',
      messages: [full, { ...plain, service: 'mms', text: 'Q&A <3 "☃"' }],
      unreadable: [],
    });
  });

  test('is read back with any text', () => {
    const characters = fc.constantFrom(
      'a',
      'Z',
      '7',
      ' ',
      '&',
      '<',
      '>',
      '"',
      "'",
      ';',
      ']]>',
      'é',
      '☃',
      '👋',
      '&amp;',
    );
    const text = fc.string({ unit: characters, minLength: 1 }).filter((written) => written.trim() !== '');
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        assert.deepEqual(readAnswer(build(texts.map((written) => [written, {}]))), {
          kind: 'messages',
          messages: texts.map((written) => ({ ...plain, text: written.trim() })),
          unreadable: [],
        });
      }),
      { seed: 20260806, numRuns: 500 },
    );
  });
});

test("a text of Go's builder, which escapes nothing, is read as it was meant unless it has a tag", () => {
  const characters = fc.constantFrom('a', 'Z', '7', ' ', '&', '<', '>', '"', "'", ';', '=', '#', 'é', '👋');
  const text = fc
    .string({ unit: characters, minLength: 1 })
    .filter((written) => written.trim() !== '' && !/<[/?!a-z_]|&#\d/i.test(`${written}/`));
  fc.assert(
    fc.property(text, (written) => {
      assert.deepEqual(readAnswer(one('', ` ${written} `)), {
        kind: 'messages',
        messages: [{ ...plain, text: written.trim() }],
        unreadable: [],
      });
    }),
    { seed: 20260807, numRuns: 1000 },
  );
});

test('no body makes it throw', () => {
  const pieces = fc.constantFrom(
    '<Response>',
    '</Response>',
    '<Message',
    ' dst="',
    '"',
    '>',
    '</Message>',
    '<![CDATA[',
  );
  const more = fc.constantFrom(
    ']]>',
    '<!--',
    '-->',
    '<?',
    '?>',
    '&',
    '&#',
    ';',
    '<!',
    'xmlns:a="b"',
    'a:b',
    '\0',
    '\ud800',
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(pieces, more, fc.string({ maxLength: 3 })) }), (body) => {
      assert.match(readAnswer(body).kind, /^(?:messages|none|unreadable)$/);
    }),
    { seed: 20260808, numRuns: 2000 },
  );
});
