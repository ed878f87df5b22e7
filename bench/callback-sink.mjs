// A customer's server for the benchmark: responds to every callback, and counts at `/delivered` the messages that were reported as delivered.
import { createServer } from 'node:http';

let delivered = 0;
const server = createServer((request, response) => {
  if (request.url === '/delivered') return response.end(String(delivered));
  // Kannel's word for it: type 1.
  if (request.url?.endsWith('?dlr=1')) delivered += 1;
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
