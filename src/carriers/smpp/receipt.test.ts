// Receipts in every form that SMSCs were seen to write, and their meaning (carriers.md section 4.6).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleMessage } from '../../../test/support/smpp-samples.ts';
import type { MessageBody } from './pdu.ts';
import { type Kind, kindOf, type ReceiptAddresses, readReceipt } from './receipt.ts';
import { hasKnownState, outcomeOf, type ReceiptFacts, wordsOf } from './receipt-outcome.ts';
import { readDoneDate, readReceiptText, receiptCharacters } from './receipt-text.ts';
import { tags } from './tlvs.ts';

const texts: [
  what: string,
  text: string,
  id: string | undefined,
  stat: string | undefined,
  err: string | undefined,
][] = [
  [
    'as in the appendix',
    'id:0123456789 sub:001 dlvrd:001 submit date:2611290904 done date:2611290905 stat:DELIVRD err:000 Text:hello',
    '0123456789',
    'DELIVRD',
    '000',
  ],
  [
    'without sub and dlvrd',
    'id:1526758174 submit date:1701240904 done date:1701240904 stat:DELIVRD err:000 text:hellow',
    '1526758174',
    'DELIVRD',
    '000',
  ],
  [
    'without text',
    'id:0654354026 sub:001 dlvrd:001 submit date:1701240904 done date:1701240904 stat:DELIVRD err:000',
    '0654354026',
    'DELIVRD',
    '000',
  ],
  ['with id and stat alone', 'id:abc stat:EXPIRED', 'abc', 'EXPIRED', undefined],
  [
    'with a name of 36 characters',
    'id:b62cc706-3a14-4f2e-9c1b-6b5b1a0f3c11 stat:DELIVRD err:000',
    'b62cc706-3a14-4f2e-9c1b-6b5b1a0f3c11',
    'DELIVRD',
    '000',
  ],
  ['with a name of letters', 'id:rdwjwxns18 stat:UNDELIV err:75', 'rdwjwxns18', 'UNDELIV', '75'],
  ['with a padded name', 'id:0000000012345678 stat:DELIVRD err:0000', '0000000012345678', 'DELIVRD', '0000'],
  ['with blanks behind colons', 'id: 42 stat: REJECTD err: 0 text: ', '42', 'REJECTD', '0'],
  ['in capitals', 'ID:42 STAT:DELIVERED ERR:00A', '42', 'DELIVERED', '00A'],
  ['in another order', 'stat:ACKED err:000 id:42 text:x', '42', 'ACKED', '000'],
  [
    'with a text that looks like fields',
    'id:42 stat:UNDELIV err:001 text:id:43 stat:DELIVRD',
    '42',
    'UNDELIV',
    '001',
  ],
  ['with an empty err', 'id:42 stat:DELIVRD err: text:x', '42', 'DELIVRD', undefined],
  [
    'with a header among the text',
    'id:42 stat:DELIVRD err:000 text:\u0005\u0000\u0003\u0001\u0002\u0001ab',
    '42',
    'DELIVRD',
    '000',
  ],
  ['that is none', 'hello you', undefined, undefined, undefined],
];

describe('the text of a receipt', () => {
  for (const [what, text, id, stat, err] of texts) {
    test(what, () => {
      const { doneDate: _, ...read } = readReceiptText(text);
      assert.deepEqual(read, { id, stat, err });
    });
  }

  test('is ASCII though it is marked as UCS-2, or real UCS-2', () => {
    const text = 'id:42 stat:DELIVRD';
    assert.equal(receiptCharacters(Buffer.from(text)), text);
    assert.equal(receiptCharacters(Buffer.from(text, 'utf16le').swap16()), text);
  });

  test('is read without the NULs that end it or its fields', () => {
    const { id, stat, err } = readReceiptText(
      receiptCharacters(Buffer.from('id:42\0stat:UNDELIV err:001\0')),
    );
    assert.deepEqual([id, stat, err], ['42', 'UNDELIV', '001']);
  });

  test('has no half of a surrogate pair', () =>
    assert.equal(receiptCharacters(Buffer.from('id:4\ud800', 'utf16le').swap16()), 'id:4\ufffd'));
});

const now = new Date('2026-11-29T10:00:00Z');
const dates: [what: string, written: string | undefined, offset: number, at: string][] = [
  ['minutes', '2611290904', 0, '2026-11-29T09:04:00Z'],
  ['seconds', '261129090437', 0, '2026-11-29T09:04:37Z'],
  ['four digits of the year', '20261129090437', 0, '2026-11-29T09:04:37Z'],
  ['four digits of the year, no seconds', '202611290904', 0, '2026-11-29T09:04:00Z'],
  ['seconds since 1970', '1795943077', 0, '2026-11-29T09:04:37Z'],
  ['an offset of its own', '261129130437012+', 0, '2026-11-29T10:04:37Z'],
  ['a western offset of its own', '261129040437020-', 0, '2026-11-29T09:04:37Z'],
  ['the time zone of the carrier', '2611291434', 330, '2026-11-29T09:04:00Z'],
  ['another year', '1701240904', 0, '2026-11-29T10:00:00Z'],
  ['no date', 'NA', 0, '2026-11-29T10:00:00Z'],
  ['nothing', undefined, 0, '2026-11-29T10:00:00Z'],
];

describe('a done date with', () => {
  for (const [what, written, offset, at] of dates) {
    test(what, () => assert.deepEqual(readDoneDate(written, offset, now), new Date(at)));
  }
});

const rules = {
  acceptedMeans: 'nothing',
  unknownMeans: 'undelivered',
  receiptErrors: { '6': 30 },
} as const;
const outcomes: [given: Partial<ReceiptFacts>, outcome: string, errorCode?: number][] = [
  [{ stat: 'DELIVRD', err: '075' }, 'delivered'],
  [{ stat: 'delivered' }, 'delivered'],
  [{ stat: 'READ' }, 'delivered'],
  [{ stat: '0' }, 'delivered'],
  [{ messageState: 2 }, 'delivered'],
  [{ stat: 'ACCEPTD' }, 'progress'],
  [{ messageState: 6 }, 'progress'],
  [{ stat: 'ENROUTE' }, 'progress'],
  [{ stat: 'BUFFRED' }, 'progress'],
  [{ stat: 'BUFFERD' }, 'progress'],
  [{ stat: 'ACKED' }, 'progress'],
  [{ messageState: 0 }, 'progress'],
  [{ messageState: 1 }, 'progress'],
  [{ stat: 'DELIVRD', isIntermediate: true }, 'progress'],
  [{ stat: 'EXPIRED' }, 'undelivered', 80],
  [{ messageState: 3 }, 'undelivered', 80],
  [{ stat: 'DELETED' }, 'undelivered', 1000],
  [{ messageState: 4 }, 'undelivered', 1000],
  [{ stat: 'UNDELIV', err: '006' }, 'undelivered', 30],
  [{ stat: 'UNDELIV', err: '075' }, 'undelivered', 1000],
  [{ messageState: 5, networkError: Uint8Array.of(3, 0, 1) }, 'undelivered', 70],
  [{ messageState: 5, networkError: Uint8Array.of(3, 0, 27) }, 'undelivered', 80],
  [{ messageState: 5, networkError: Uint8Array.of(1, 0, 1) }, 'undelivered', 1000],
  [{ stat: 'FAILED' }, 'undelivered', 1000],
  [{ stat: 'UNKNOWN' }, 'undelivered', 1000],
  [{ messageState: 7 }, 'undelivered', 1000],
  [{ stat: 'REJECTD' }, 'undelivered', 100],
  [{ messageState: 8, err: '6' }, 'undelivered', 30],
  [{ messageState: 9 }, 'undelivered', 100],
  [{ stat: 'TELEPORTED' }, 'progress'],
  [{ messageState: 77, stat: 'DELIVRD' }, 'delivered'],
  [{}, 'progress'],
];

const facts = (given: Partial<ReceiptFacts>): ReceiptFacts => ({
  stat: undefined,
  err: undefined,
  messageState: undefined,
  networkError: undefined,
  isIntermediate: false,
  ...given,
});

describe('the outcome', () => {
  for (const [given, outcome, errorCode] of outcomes) {
    test(`of ${JSON.stringify(given)} is ${outcome} ${errorCode ?? ''}`, () =>
      assert.deepEqual(outcomeOf(facts(given), rules), { outcome, errorCode }));
  }

  test('of ACCEPTD is delivered where no more will come', () => {
    const best = { ...rules, acceptedMeans: 'delivered' } as const;
    assert.equal(outcomeOf(facts({ stat: 'ACCEPTD' }), best).outcome, 'delivered');
    assert.equal(outcomeOf(facts({ messageState: 6 }), best).outcome, 'delivered');
  });

  test('of UNKNOWN changes nothing where another receipt will come, whatever error stands beside it', () => {
    const open = { ...rules, unknownMeans: 'nothing' } as const;
    const progress = { outcome: 'progress', errorCode: undefined };
    for (const given of [{ stat: 'UNKNOWN', err: '006' }, { stat: 'unknown' }, { messageState: 7 }])
      assert.deepEqual(outcomeOf(facts(given), open), progress);
    assert.equal(outcomeOf(facts({ stat: 'UNDELIV' }), open).outcome, 'undelivered');
  });

  const known: [given: Partial<ReceiptFacts>, isKnown: boolean][] = [
    [{ stat: 'DELIVRD' }, true],
    [{ stat: 'UNKNOWN' }, true],
    [{ messageState: 1, stat: 'TELEPORTED' }, true],
    [{ messageState: 77, stat: 'DELIVRD' }, true],
    [{ stat: 'TELEPORTED' }, false],
    [{ messageState: 77 }, false],
    [{}, false],
  ];
  for (const [given, isKnown] of known) {
    test(`of ${JSON.stringify(given)} is of a state that is ${isKnown ? 'known' : 'not known'}`, () =>
      assert.equal(hasKnownState(facts(given)), isKnown));
  }

  test('is told in the words of the carrier', () => {
    assert.equal(wordsOf(facts({ stat: 'UNDELIV', err: '075' })), 'UNDELIV err 075');
    assert.equal(
      wordsOf(facts({ messageState: 5, networkError: Uint8Array.of(3, 0, 27) })),
      'message_state 5 err 03001b',
    );
    assert.equal(wordsOf(facts({})), 'no state');
  });
});

const receiptText = Buffer.from('id:42 sub:001 stat:DELIVRD err:000');
const kinds: [what: string, given: Partial<MessageBody>, inText: boolean, kind: Kind][] = [
  ['a receipt by its bits', { esmClass: 0x04 }, false, 'receipt'],
  ['an intermediate receipt by its bits', { esmClass: 0x20 }, false, 'receipt'],
  ['a receipt by its bits, with a header', { esmClass: 0x44 }, false, 'receipt'],
  [
    'a receipt by its parameters',
    {
      tlvs: new Map([
        [tags.receiptedMessageId, Buffer.from('42\0')],
        [tags.messageState, Uint8Array.of(2)],
      ]),
    },
    false,
    'receipt',
  ],
  ['an acknowledgement of a handset', { esmClass: 0x08 }, false, 'acknowledgement'],
  ['an acknowledgement of its user', { esmClass: 0x10 }, false, 'acknowledgement'],
  ['a message', { shortMessage: Buffer.from('hello') }, true, 'message'],
  ['a message with a header', { esmClass: 0x40 }, false, 'message'],
  ['a text like a receipt as a message', { shortMessage: receiptText }, false, 'message'],
  ['a text like a receipt, where the carrier writes them so', { shortMessage: receiptText }, true, 'receipt'],
];

describe('a PDU is', () => {
  for (const [what, given, inText, kind] of kinds) {
    test(what, () => assert.equal(kindOf(sampleMessage(given), inText), kind));
  }

  test('read as a receipt with the name of its parameter before that of its text', () => {
    const tlvs = new Map([
      [tags.receiptedMessageId, Buffer.from('1E61D95E\0')],
      [tags.messageState, Uint8Array.of(2)],
    ]);
    const receipt = readReceipt(sampleMessage({ esmClass: 4, shortMessage: receiptText, tlvs }), 'swapped');
    assert.deepEqual(receipt.ids, ['1E61D95E', '42']);
    assert.deepEqual(
      [receipt.stat, receipt.messageState, receipt.destination],
      ['DELIVRD', 2, '14155550199'],
    );
  });

  test('read as a receipt from the parameter message_payload', () => {
    const tlvs = new Map([[tags.messagePayload, receiptText]]);
    assert.deepEqual(readReceipt(sampleMessage({ esmClass: 4, tlvs }), 'swapped').ids, ['42']);
  });

  const ends: [addresses: ReceiptAddresses, destination: string, sender: string][] = [
    ['swapped', '12125550199', '14155550100'],
    ['kept', '14155550100', '12125550199'],
  ];
  for (const [addresses, destination, sender] of ends) {
    test(`read as a receipt whose addresses are ${addresses}`, () => {
      const source = { ton: 2, npi: 1, digits: '+12125550199' };
      const receipt = readReceipt(sampleMessage({ source, shortMessage: receiptText }), addresses);
      assert.deepEqual([receipt.destination, receipt.sender], [destination, sender]);
    });
  }
});
