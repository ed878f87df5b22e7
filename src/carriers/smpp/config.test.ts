// The entry of an SMPP carrier: its defaults, its presets, and one sentence for anything that is wrong.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleSmppConfig } from '../../../test/support/smpp-samples.ts';
import { smppPresets } from './presets.ts';

const wrong: [given: Record<string, unknown>, sentence: string][] = [
  [{ hosts: [] }, 'carriers[0].hosts must be a list of at least 1 entries'],
  [{ hosts: ['smsc.example'] }, 'carriers[0].hosts[0] must be host:port'],
  [{ hosts: ['smsc.example:99999'] }, 'carriers[0].hosts[0] must have a port from 1 to 65535'],
  [{ hosts: ['smsc.example:0'] }, 'carriers[0].hosts[0] must have a port from 1 to 65535'],
  [{ tls: { cert_file: 'c.pem' } }, 'carriers[0].tls.key_file is missing beside cert_file'],
  [{ tls: { key_file: 'c.key' } }, 'carriers[0].tls.cert_file is missing beside key_file'],
  [{ system_id: 'sixteen characters' }, 'carriers[0].system_id must be a text of at most 15 characters'],
  [{ system_id: 'ruck\nsack' }, 'carriers[0].system_id must be of printable characters of Latin-1'],
  [{ password: 'geheim€' }, 'carriers[0].password must be of printable characters of Latin-1'],
  [{ window: 0 }, 'carriers[0].window must be at least 1'],
  [{ window: 1.5 }, 'carriers[0].window must be a whole number'],
  [{ binds: 17 }, 'carriers[0].binds must be at most 16'],
  [{ response_seconds: 30 }, 'carriers[0].response_seconds must be at most 25'],
  [{ alphabet: 'ebcdic' }, 'carriers[0].alphabet must be one of gsm, gsm-packed, latin1, ascii, ucs2-only'],
  [{ statuses: { '0x45': 'sad' } }, 'carriers[0].statuses.0x45 must be one of'],
  [{ statuses: { '69': 'spam' } }, 'carriers[0].statuses.69'],
  [{ inbound_id_tlv: '1401' }, 'carriers[0].inbound_id_tlv must be a tag of four hexadecimal digits: 0x1400'],
  [{ inbound_id_tlv: 5121 }, 'carriers[0].inbound_id_tlv must be a text'],
  [{ unknown_means: 'delivered' }, 'carriers[0].unknown_means must be one of undelivered, nothing'],
  [{ preset: 'acme' }, 'carriers[0].preset must be one of vonage'],
  [{ windows: 5 }, 'carriers[0].windows is not a key that there is'],
  [
    { tls: { verify: false }, hosts: ['smsc.example:2775'] },
    'carriers[0].tls.verify may be false for loopback addresses only',
  ],
];

describe('refused:', () => {
  for (const [given, sentence] of wrong) {
    test(JSON.stringify(given), () => {
      assert.throws(
        () => sampleSmppConfig(given),
        (error: Error) => error.message.startsWith(sentence) || assert.fail(error.message),
      );
    });
  }
});

test('omitted keys have defaults', () => {
  const { window, alphabet, long, rate, bind, message_ids } = sampleSmppConfig();
  assert.deepEqual(
    [window, alphabet, long, rate, bind, message_ids],
    [10, 'gsm', 'udh8', 0, 'transceiver', 'auto'],
  );
  assert.deepEqual(sampleSmppConfig().source.shortcode, { ton: 3, npi: 0 });
});

test('every preset can be used, and what stands beside it goes before it', () => {
  for (const preset of Object.keys(smppPresets)) sampleSmppConfig({ preset });
  assert.equal(sampleSmppConfig({ preset: 'vonage' }).rate, 30);
  assert.equal(sampleSmppConfig({ preset: 'vonage', rate: 5 }).rate, 5);
  assert.equal(sampleSmppConfig({ statuses: { '0x45': 'opted_out' } }).statuses['0x45'], 'optedOut');
});

test('a peer on a loopback address may be trusted unseen', () => {
  const { tls } = sampleSmppConfig({
    tls: { verify: false },
    hosts: ['127.0.0.1:2775', '[::1]:2775', 'localhost:2775'],
  });
  assert.equal(tls?.verify, false);
});
