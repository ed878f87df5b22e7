// Octets that SMSCs written by others have sent, recorded from them: each answers a bind and a message, and reports (carriers.md section 6.1).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Framer } from '../../src/carriers/smpp/framer.ts';
import { decodePdu, type Pdu } from '../../src/carriers/smpp/pdu.ts';

interface Recording {
  readonly peer: string;
  readonly octets: string;
  readonly read: readonly string[];
}

const recordings: readonly Recording[] = [
  {
    peer: 'Net::SMPP 1.19',
    octets:
      '000000158000000200000000000000017065726c00' + '0000001a80000004000000000000000231323334353637383900',
    read: ['bind_transmitter_resp 0 perl', 'submit_sm_resp 0 123456789'],
  },
  {
    peer: 'smpp34 1.5.0, with a receipt before the answer to its message',
    octets:
      '0000001c800000090000000000000001736d7070333400021000013400000056000000050000000000000001000000' +
      '31343135353535303130300001013134313535353530313939000400000000000000001f' +
      '69643a6561726c792d3120737461743a44454c49565244206572723a303030',
    read: ['bind_transceiver_resp 0 smpp34 210', 'deliver_sm 4 id:early-1 stat:DELIVRD err:000'],
  },
  {
    peer: 'ch-smpp 6.0.0, with a refusal that has a body',
    octets:
      '0000001d80000009000000000000000163682d736d7070000210000134' +
      '0000001980000004000000000000000231653631643030310000000011800000040000005800000003' +
      '00000000820000000500000000000000010001013134313535353530313030000101' +
      '3134313535353530313939000400000000000000003969643a353039373236373231207375623a3030312064' +
      '6c7672643a30303120737461743a44454c49565244206572723a30303020746578743a001e0009316536316430303100' +
      '0427000102',
    read: [
      'bind_transceiver_resp 0 ch-smpp 210',
      'submit_sm_resp 0 1e61d001',
      'submit_sm_resp 88 ',
      'deliver_sm 4 id:509726721 sub:001 dlvrd:001 stat:DELIVRD err:000 text: 1e 427',
    ],
  },
  {
    peer: 'jSMPP 3.0.1, with a message behind the bind and a parameter of SMPP 5 in an answer',
    octets:
      '0000001980000009000000000000000173797300021000015000000037000000050000000000000001434d540001013535350001' +
      '013132333435000000000000000000000b48656c6c6f20576f726c64' +
      '0000001e800000040000000000000002373361643438653600042800011a' +
      '000000a40000000500000000000000026d6300010131343135353535303130300001013134313535353530313939000400000000' +
      '000000006b69643a31393430373336323330207375623a30303120646c7672643a303031207375626d697420646174653a323631' +
      '3133303031323120646f6e6520646174653a3236313133303031323120737461743a44454c49565244206572723a303030207465' +
      '78743a48656c6c6f',
    read: [
      'bind_transceiver_resp 0 sys 210',
      'deliver_sm 0 Hello World',
      'submit_sm_resp 0 73ad48e6 428',
      'deliver_sm 4 id:1940736230 sub:001 dlvrd:001 submit date:2611300121 done date:2611300121 stat:DELIVRD err:000 text:Hello',
    ],
  },
];

describe('octets of', () => {
  for (const { peer, octets, read } of recordings) {
    test(`${peer} are read`, () => {
      assert.deepEqual(readAll(Buffer.from(octets, 'hex')).map(describePdu), read);
    });
  }
});

/** Returns the PDUs in octets that come one by one. */
function readAll(octets: Buffer): Pdu[] {
  const framer = new Framer();
  return [...octets].flatMap((octet) => [...framer.push(Buffer.of(octet))].map((one) => decodePdu(one)));
}

/** Returns a PDU in a line: its status or kind of message, its words, and the tags of its parameters. */
function describePdu(pdu: Pdu): string {
  const tags = 'tlvs' in pdu ? [...pdu.tlvs.keys()].map((tag) => tag.toString(16)) : [];
  return [pdu.command, ...wordsOf(pdu), ...tags].join(' ');
}

function wordsOf(pdu: Pdu): (string | number)[] {
  if ('shortMessage' in pdu) return [pdu.esmClass, Buffer.from(pdu.shortMessage).toString('latin1')];
  if ('systemId' in pdu) return [pdu.status, pdu.systemId];
  return 'messageId' in pdu ? [pdu.status, pdu.messageId] : [pdu.status];
}
