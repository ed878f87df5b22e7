// The SMSC of the benchmark: takes everything at once, and sends receipts as it is told over HTTP. Prints the address where it is told.
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { Framer } from '../dist/src/carriers/smpp/framer.js';
import { decodePdu, encodePdu, noTlvs } from '../dist/src/carriers/smpp/pdu.js';
import { sampleMessage } from '../dist/test/support/smpp-samples.js';
import { receiptOf } from '../dist/test/support/smsc.js';

/** So many receipts may be unanswered. */
const window = 100;

/** `none` are sent, or each at once, or they are `held` until told. */
let receipts = 'none';
let taken = 0;
let reported = 0;
let unanswered = 0;
let sequence = 0;
let bound = 0;
const waiting = [];
const sockets = new Set();

const smsc = createServer((socket) => {
  const framer = new Framer();
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('close', () => sockets.delete(socket));
  socket.on('data', (chunk) => {
    const answers = [];
    for (const octets of framer.push(chunk)) answers.push(...answersTo(decodePdu(octets)));
    if (answers.length > 0) socket.write(Buffer.concat(answers));
    sendReceipts();
  });
});
smsc.listen(0, '127.0.0.1', () => {
  const control = createHttpServer(({ url }, response) => response.end(String(obey(url))));
  control.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${control.address().port}\n`));
});
process.once('SIGTERM', () => process.exit());

function answersTo(pdu) {
  switch (pdu.command) {
    case 'deliver_sm_resp':
      unanswered -= 1;
      reported += 1;
      return [];
    case 'submit_sm': {
      taken += 1;
      const messageId = String(taken);
      if (receipts !== 'none') waiting.push(receiptOf(pdu, messageId));
      return [
        encodePdu({ command: 'submit_sm_resp', status: 0, sequence: pdu.sequence, messageId, tlvs: noTlvs }),
      ];
    }
    default:
      if (pdu.command.endsWith('_resp')) return [];
      if (pdu.command.startsWith('bind_')) bound += 1;
      return [
        encodePdu({
          command: `${pdu.command}_resp`,
          status: 0,
          sequence: pdu.sequence,
          systemId: 'bench',
          tlvs: noTlvs,
        }),
      ];
  }
}

/** Sends receipts while fewer are unanswered than may be. */
function sendReceipts() {
  const [socket] = sockets;
  if (socket === undefined || receipts === 'held') return;
  const pdus = [];
  while (waiting.length > 0 && unanswered < window) {
    sequence += 1;
    unanswered += 1;
    pdus.push(encodePdu({ command: 'deliver_sm', status: 0, sequence, ...sampleMessage(waiting.shift()) }));
  }
  if (pdus.length > 0) socket.write(Buffer.concat(pdus));
}

/** Does what a path says, and returns the answer. */
function obey(path) {
  const [, what, mode] = path.split('/');
  if (what === 'receipts') {
    receipts = mode;
    sendReceipts();
  }
  return { smpp: smsc.address().port, taken, reported, waiting: waiting.length, bound }[what] ?? '';
}
