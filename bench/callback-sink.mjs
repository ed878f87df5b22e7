// A customer's server for the benchmark: answers every callback, and tells at `/delivered` how many messages it was told to be delivered.
import { createServer } from 'node:http';

let delivered = 0;
const server = createServer((request, response) => {
  if (request.url === '/delivered') return response.end(String(delivered));
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    if (body.includes('Status=delivered')) delivered += 1;
    response.end();
  });
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`));
