// Wireshark's dissector reads from our octets the PDUs that we meant (carriers.md section 6.1).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { encodePdu, noTlvs, type Pdu } from '../../src/carriers/smpp/pdu.ts';
import { submitBodies } from '../../src/carriers/smpp/submit-bodies.ts';
import { tags } from '../../src/carriers/smpp/tlvs.ts';
import { sampleMessage, sampleSmppConfig } from '../support/smpp-samples.ts';
import { receiptOf } from '../support/smsc.ts';
import { sampleSubmission } from '../support/submissions.ts';
import { skipWithout } from './peers.ts';

const skip = skipWithout('tshark', ['tshark', 'text2pcap']);

/** Returns the fields of PDUs as tshark reads them, one list a PDU. `defaultAlphabet` is what data_coding 0 means. */
function dissect(pdus: readonly Pdu[], fields: readonly string[], defaultAlphabet = 'None'): string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'rucksack-tshark-'));
  try {
    const [text, capture] = [join(folder, 'octets.txt'), join(folder, 'octets.pcap')];
    writeFileSync(text, pdus.map((pdu) => dumpOf(encodePdu(pdu))).join('\n'));
    run('text2pcap', ['-q', '-T', '40000,2775', text, capture]);
    const preference = `smpp.decode_sms_over_smpp:${defaultAlphabet}`;
    const named = fields.flatMap((field) => ['-e', field]);
    const args = ['-o', preference, '-r', capture, '-d', 'tcp.port==2775,smpp', '-Y', 'smpp', '-T', 'fields'];
    const output = run('tshark', [...args, ...named]);
    return output
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

/** Returns octets as `text2pcap` reads them. */
function dumpOf(octets: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < octets.length; at += 16) {
    const row = octets
      .subarray(at, at + 16)
      .toString('hex')
      .replace(/../g, ' $&');
    lines.push(at.toString(16).padStart(6, '0') + row);
  }
  return `${lines.join('\n')}\n`;
}

const bind = {
  status: 0,
  systemId: 'rucksack',
  password: 'secret',
  systemType: 'vma',
  interfaceVersion: 0x34,
  addressRange: { ton: 1, npi: 1, digits: '^1415' },
} as const;
const answer = { status: 0, systemId: 'smsc', tlvs: noTlvs } as const;
const named = { status: 0, messageId: 'abc-1', tlvs: noTlvs } as const;

describe('tshark reads', { skip }, () => {
  test('the command, status and number of every PDU', () => {
    const data = {
      serviceType: '',
      source: sampleMessage().source,
      destination: sampleMessage().destination,
    };
    const pdus: Pdu[] = [
      { command: 'bind_receiver', sequence: 1, ...bind },
      { command: 'bind_transmitter', sequence: 2, ...bind },
      { command: 'bind_transceiver', sequence: 3, ...bind },
      { command: 'bind_receiver_resp', sequence: 4, ...answer },
      { command: 'bind_transmitter_resp', sequence: 5, ...answer },
      { command: 'bind_transceiver_resp', sequence: 6, ...answer, status: 0x0e },
      { command: 'submit_sm', status: 0, sequence: 7, ...sampleMessage() },
      { command: 'submit_sm_resp', sequence: 8, ...named, status: 0x58 },
      { command: 'deliver_sm', status: 0, sequence: 9, ...sampleMessage(receiptOf(sampleMessage(), 'x')) },
      { command: 'deliver_sm_resp', sequence: 10, ...named },
      {
        command: 'data_sm',
        status: 0,
        sequence: 11,
        ...data,
        esmClass: 0,
        registeredDelivery: 0,
        dataCoding: 0,
        tlvs: noTlvs,
      },
      { command: 'data_sm_resp', sequence: 12, ...named },
      { command: 'unbind', status: 0, sequence: 13 },
      { command: 'unbind_resp', status: 0, sequence: 14 },
      { command: 'enquire_link', status: 0, sequence: 0x7fff_ffff },
      { command: 'enquire_link_resp', status: 0, sequence: 16 },
      { command: 'generic_nack', status: 3, sequence: 17 },
    ];
    const ids = [
      1, 2, 9, 0x80000001, 0x80000002, 0x80000009, 4, 0x80000004, 5, 0x80000005, 0x103, 0x80000103, 6,
      0x80000006, 0x15, 0x80000015, 0x80000000,
    ];
    const read = dissect(pdus, [
      'smpp.command_id',
      'smpp.sequence_number',
      'smpp.command_status',
      '_ws.malformed',
    ]);
    assert.deepEqual(
      read.map(([id, sequence, status, malformed]) => [
        Number(id),
        Number(sequence),
        Number(status ?? 0),
        malformed ?? '',
      ]),
      pdus.map(({ sequence, status }, index) => [ids[index], sequence, status, '']),
    );
  });

  test('the fields of a bind', () => {
    const fields = [
      'system_id',
      'password',
      'system_type',
      'interface_version',
      'addr_ton',
      'addr_npi',
      'address_range',
    ];
    const [read] = dissect(
      [{ command: 'bind_transceiver', sequence: 1, ...bind }],
      fields.map((field) => `smpp.${field}`),
    );
    assert.deepEqual(read, ['rucksack', 'secret', 'vma', '52', '0x01', '0x01', '^1415']);
  });

  test('the fields of a message', () => {
    const [body] = submitBodies(
      sampleSubmission({
        sender: '12345',
        senderKind: 'shortcode',
        ordinal: 515,
        expiresAt: new Date('2026-11-29T11:30:00Z'),
      }),
      sampleSmppConfig({ service_type: 'CMT', tlvs: [{ tag: '0x1400', value: 'x' }] }),
      new Date('2026-11-29T10:00:00Z'),
      { validity: false, tlvs: false },
    );
    assert.ok(body !== undefined);
    const fields = [
      'service_type',
      'source_addr_ton',
      'source_addr_npi',
      'source_addr',
      'dest_addr_ton',
      'dest_addr_npi',
      'destination_addr',
      'validity_period_r',
      'regdel.receipt',
      'data_coding',
      'sm_length',
      'user_message_reference',
    ];
    const [read] = dissect(
      [{ command: 'submit_sm', status: 0, sequence: 1, ...body }],
      fields.map((field) => `smpp.${field}`),
    );
    assert.deepEqual(read, [
      'CMT',
      '0x03',
      '0x00',
      '12345',
      '0x01',
      '0x01',
      '12125550199',
      '5400.000000000',
      '0x01',
      '0x00',
      '5',
      '0x0203',
    ]);
  });

  test('the parameters of a receipt', () => {
    const tlvs = new Map([
      [tags.receiptedMessageId, Buffer.from('1e61d95e\0')],
      [tags.messageState, Uint8Array.of(5)],
      [tags.networkErrorCode, Uint8Array.of(3, 0, 27)],
    ]);
    const receipt: Pdu = {
      command: 'deliver_sm',
      status: 0,
      sequence: 1,
      ...sampleMessage({ esmClass: 4, tlvs }),
    };
    const fields = [
      'receipted_message_id',
      'message_state',
      'network_error.type',
      'network_error.code',
      'esm.submit.msg_type',
    ];
    const [read] = dissect(
      [receipt],
      fields.map((field) => `smpp.${field}`),
    );
    assert.deepEqual(read, ['1e61d95e', '5', '3', '0x001b', '0x01']);
  });

  const basic =
    ' !"#¤%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¡ÄÖÑÜ§¿äöñüà';
  const extension = '^{}[~]|€';
  const texts: [what: string, config: object, text: string, tsharkAlphabet: string][] = [
    ['all of GSM', {}, basic + extension, 'GSM 7-bit'],
    ['all of GSM, in parts', {}, (basic + extension).repeat(3), 'GSM 7-bit'],
    ['all of GSM, in parts with 16 bits', { long: 'udh16' }, (basic + extension).repeat(3), 'GSM 7-bit'],
    ['packed septets', { alphabet: 'gsm-packed' }, basic + extension, 'GSM 7-bit (packed)'],
    [
      'packed septets, in parts',
      { alphabet: 'gsm-packed' },
      (basic + extension).repeat(3),
      'GSM 7-bit (packed)',
    ],
    ['seven packed septets', { alphabet: 'gsm-packed' }, '1234567', 'GSM 7-bit (packed)'],
    ['Latin-1', { alphabet: 'latin1' }, 'Grüße für Ägypten, à la carte', 'None'],
    ['ASCII', { alphabet: 'ascii' }, 'Hello, world (1)', 'None'],
    ['UCS-2', {}, 'Привет, 你好 “quotes”', 'None'],
    ['UCS-2, in parts', {}, 'Привет, мир! '.repeat(12), 'None'],
  ];
  for (const [what, config, text, alphabet] of texts) {
    test(`the text in ${what}`, () => {
      const submission = sampleSubmission({ text, ordinal: 300 });
      const bodies = submitBodies(submission, sampleSmppConfig({ ...config }), new Date(), {
        validity: false,
        tlvs: false,
      });
      const pdus = bodies.map(
        (body, index): Pdu => ({ command: 'submit_sm', status: 0, sequence: index + 1, ...body }),
      );
      const fields = [
        'smpp.message_text',
        'gsm_sms.udh.mm.msg_part',
        'gsm_sms.udh.mm.msg_parts',
        'gsm_sms.udh.mm.msg_id',
      ];
      const read = dissect(pdus, fields, alphabet);
      assert.equal(read.map(([part]) => part?.replace(/\\r$/, '')).join(''), text);
      if (bodies.length === 1) return;
      const reference = 'long' in config ? 300 : 300 % 256;
      assert.deepEqual(
        read.map(([, part, parts, id]) => [Number(part), Number(parts), Number(id)]),
        bodies.map((_, index) => [index + 1, bodies.length, reference]),
      );
    });
  }
});
