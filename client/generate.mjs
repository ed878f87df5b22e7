// Writes src/schema.ts: the types of the API, from the description that the server publishes. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTs, { astToString } from 'openapi-typescript';
import { describeApi } from '../dist/src/api/openapi.js';
import { routes } from '../dist/src/api/routes.js';

const file = fileURLToPath(new URL('src/schema.ts', import.meta.url));
const heading = `// The API's paths and schemas, written by client/generate.mjs from the OpenAPI description. Not to be edited.
// Paths are those below an account: the client knows whose it is.

`;
const account = '/v1/Account/{auth_id}/';

const text = heading + astToString(await openapiTs(belowAccount(describeApi(routes, '', undefined))));
if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('client/src/schema.ts is stale: run npm run docs\n');
  process.exit(1);
}

/** The description with paths from the account on, and without its id among their parameters. */
function belowAccount(description) {
  const paths = Object.entries(description.paths).map(([path, operations]) => [
    path.replace(account, '/'),
    Object.fromEntries(Object.entries(operations).map(([method, one]) => [method, withoutAccount(one)])),
  ]);
  // Without its servers: where the server is, the client is told. Without examples: they would be half of the file.
  const below = { ...description, servers: undefined, paths: Object.fromEntries(paths) };
  return JSON.parse(JSON.stringify(below), (name, value) => (name === 'example' ? undefined : value));
}

function withoutAccount({ parameters = [], ...operation }) {
  return { ...operation, parameters: parameters.filter(({ name }) => name !== 'auth_id') };
}
