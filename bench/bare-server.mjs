// The yardstick: a Node HTTP server that answers a fixed 200 with a JSON body of a powerpack's size.
import { createServer } from 'node:http';

const body = Buffer.from(JSON.stringify({ filler: 'x'.repeat(950) }));
const head = { 'content-type': 'application/json', 'content-length': body.length };
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, head).end(body);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
