// The name of a message by the id of its SMSC: the same for a repetition, another for another message.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleMessage } from '../../../test/support/smpp-samples.ts';
import { nameById } from './inbound-names.ts';
import type { MessageBody } from './pdu.ts';
import { tags } from './tlvs.ts';

const tag = '0x1401';

type Given = Partial<MessageBody> & { readonly sequence?: number };

/** Returns the name of a message with an id, `YES` where nothing else is given. */
function nameOf(id: Uint8Array | string | undefined, { tlvs, ...given }: Given = {}): string | undefined {
  const parameters = [...(tlvs ?? []), ...(id === undefined ? [] : [[0x1401, Buffer.from(id)] as const])];
  const body = sampleMessage({ shortMessage: Buffer.from('YES'), ...given, tlvs: new Map(parameters) });
  return nameById({ command: 'deliver_sm', status: 0, sequence: 1, ...body, ...given, tlvs: body.tlvs }, tag);
}

const payload = (text: string): Given => ({
  shortMessage: new Uint8Array(),
  tlvs: new Map([[tags.messagePayload, Buffer.from(text)]]),
});
const sarPart = (part: number): Given => ({ tlvs: new Map([[tags.sarPart, Uint8Array.of(part)]]) });
const handset = (digits: string): Given => ({ source: { ton: 1, npi: 1, digits } });

describe('the same message again is one', () => {
  const again: [what: string, given: Given][] = [
    ['with the same octets', {}],
    ['with another number of its request', { sequence: 99 }],
    ['with a priority that rises', { priority: 3 }],
    ['with a parameter that counts the attempts', { tlvs: new Map([[0x1500, Uint8Array.of(2)]]) }],
  ];
  for (const [what, given] of again) {
    test(what, () => assert.equal(nameOf('a1', given), nameOf('a1')));
  }
  test('in message_payload', () => assert.equal(nameOf('a1', payload('YES')), nameOf('a1')));
});

describe('another message is another', () => {
  const others: [what: string, one: string | undefined, other: string | undefined][] = [
    ['with another id', nameOf('a1'), nameOf('a2')],
    ['with an id that is a number', nameOf(Uint8Array.of(0, 0, 0, 1)), nameOf(Uint8Array.of(0, 0, 1, 0))],
    ['with a long id', nameOf(`${'x'.repeat(60_000)}1`), nameOf(`${'x'.repeat(60_000)}2`)],
    ['with the id of another text', nameOf('a1'), nameOf('a1', { shortMessage: Buffer.from('NO') })],
    ['with the id of another text in message_payload', nameOf('a1'), nameOf('a1', payload('NO'))],
    ['with the id of another handset', nameOf('a1'), nameOf('a1', handset('14155550198'))],
    ['that is the next part under the same id', nameOf('a1', sarPart(1)), nameOf('a1', sarPart(2))],
  ];
  for (const [what, one, other] of others) {
    test(what, () => {
      assert.ok(one !== undefined && other !== undefined);
      assert.notEqual(one, other);
    });
  }
});

describe('there is no name', () => {
  const none: [what: string, id: Uint8Array | string | undefined][] = [
    ['without the parameter', undefined],
    ['with an empty one', ''],
    ['with one of NULs and blanks', ' \0 \0'],
  ];
  for (const [what, id] of none) test(what, () => assert.equal(nameOf(id), undefined));

  test('where no parameter is named', () => {
    const body = sampleMessage({ tlvs: new Map([[0x1401, Buffer.from('a1')]]) });
    assert.equal(nameById({ command: 'deliver_sm', status: 0, sequence: 1, ...body }, undefined), undefined);
  });
});

test('a name has 67 characters, however long the id is', () => {
  for (const id of ['1', 'x'.repeat(65_000)]) assert.equal(nameOf(id)?.length, 67);
});
