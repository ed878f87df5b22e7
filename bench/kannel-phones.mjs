// The telephones behind Kannel's fake SMSC for the benchmark: take every message that it sends to the given port, and count them at `/taken`.
import { createServer } from 'node:http';
import { connect } from 'node:net';

const retryMs = 50;
const lineFeed = 10;
let taken = 0;

/** Connects as soon as the SMSC listens. Each message is a line. */
function takeMessages() {
  const socket = connect(Number(process.argv[2]), '127.0.0.1');
  socket.on('error', () => setTimeout(takeMessages, retryMs));
  socket.on('data', (chunk) => {
    for (const octet of chunk) if (octet === lineFeed) taken += 1;
  });
}

takeMessages();
const server = createServer((_request, response) => response.end(String(taken)));
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
