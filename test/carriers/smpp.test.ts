// The SMPP carrier keeps the contract of carriers, on an SMSC that does as it is told.
import type { InboundMessage } from '../../src/carriers/carrier.ts';
import type { SubmitFailure } from '../../src/carriers/submit-error.ts';
import { makeSmppBench } from '../support/smpp-carrier.ts';
import { receiptOf, type SubmitAnswer } from '../support/smsc.ts';
import { carrierContract } from './contract.ts';

/** A status of the SMSC for each failure. Those after which the carrier rests for a while have tests of their own. */
const statusOf = new Map<SubmitFailure, number>([
  ['misconfigured', 0x15],
  ['carrierFault', 0x08],
  ['invalidMessage', 0xc3],
  ['invalidSender', 0x0a],
  ['invalidDestination', 0x0b],
  ['prohibited', 0x66],
  ['tooLong', 0x01],
  ['unknown', 0x0c],
]);

/** Returns the reference of a message by its text, in which the suite numbers it. */
const referenceOf = (text: string) =>
  `019cebb2-7a55-7c3e-8d0b-${text.replace('Message ', '').padStart(12, '0')}`;

carrierContract(
  'SMPP carrier',
  { failures: [...statusOf.keys()], namesAreUnique: true, reports: true, inParts: true },
  async () => {
    const bench = makeSmppBench({ receipt_errors: { '50': 50 } });
    const { carrier, smsc } = bench;
    let next: (() => SubmitAnswer | Promise<SubmitAnswer>) | undefined;
    let errorCode: number | undefined;
    smsc.script = {
      submit: () => {
        const answer = next;
        next = undefined;
        return answer?.() ?? {};
      },
      receipt: (submit, messageId) => {
        const isUndelivered = errorCode !== undefined;
        errorCode = undefined;
        return isUndelivered ? receiptOf(submit, messageId, 'UNDELIV', '050') : receiptOf(submit, messageId);
      },
    };
    const start = carrier.start.bind(carrier);
    carrier.start = async (events) => {
      await start(events);
      await bench.wires.idle();
    };
    return {
      carrier,
      failNext(failure) {
        next = () => ({ status: statusOf.get(failure) ?? 0 });
      },
      undeliverNext(code) {
        errorCode = code;
      },
      holdNext() {
        let letGo = () => {};
        const held = new Promise<SubmitAnswer>((resolve) => {
          letGo = () => resolve({});
        });
        next = () => held;
        return letGo;
      },
      taken: () => smsc.taken.map(({ shortMessage }) => referenceOf(Buffer.from(shortMessage).toString())),
      sendFromHandset({ sender, destination, text }: InboundMessage) {
        smsc.deliver({
          source: { ton: 1, npi: 1, digits: sender },
          destination: { ton: 1, npi: 1, digits: destination },
          shortMessage: Buffer.from(text),
        });
      },
      pass: bench.pass,
      close: async () => {},
    };
  },
);
