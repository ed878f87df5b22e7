// An SMSC that only takes: answers each bind and each message as soon as it is read, and reports nothing.
import { createServer } from 'node:net';
import { Framer } from '../dist/src/carriers/smpp/framer.js';
import { encodePdu, noTlvs, readHeader } from '../dist/src/carriers/smpp/pdu.js';

let taken = 0;

const server = createServer((socket) => {
  const framer = new Framer();
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    const answers = [];
    for (const octets of framer.push(chunk)) answers.push(answerTo(readHeader(octets)));
    socket.write(Buffer.concat(answers));
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.once('disconnect', () => process.exit());

/** Returns the octets of the answer to a request. */
function answerTo({ command, sequence }) {
  const answer = { command: `${command}_resp`, status: 0, sequence, tlvs: noTlvs };
  if (command === 'submit_sm') {
    taken += 1;
    return encodePdu({ ...answer, messageId: String(taken) });
  }
  return encodePdu({ ...answer, systemId: 'sink' });
}
