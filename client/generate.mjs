// Writes src/schema.ts, the types of the API, from the description that the compiled server publishes. A part of the build.
// Does nothing when the file was written from the same description by the same generator.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeApi } from '../dist/src/api/reference/openapi.js';
import { routes } from '../dist/src/api/routes.js';

const file = fileURLToPath(new URL('src/schema.ts', import.meta.url));
const account = '/v1/Account/{auth_id}/';

const { devDependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const description = belowAccount(describeApi(routes, '', undefined));
/** A parameter with a default may be left out. */
const options = { defaultNonNullable: false };
const fingerprint = createHash('sha256')
  .update(JSON.stringify([devDependencies, description, options]))
  .digest('hex');
const heading = `// The API's paths and schemas, written by client/generate.mjs from the OpenAPI description. Not to be edited.
// Paths are those below an account: the client adds the account.
// Fingerprint of its source: ${fingerprint}
`;

if (!existsSync(file) || !readFileSync(file, 'utf8').startsWith(heading)) {
  // Loading the generator takes longer than everything else here.
  const { default: openapiTs, astToString } = await import('openapi-typescript');
  writeFileSync(file, `${heading}\n${astToString(await openapiTs(description, options))}`);
}

/** Returns the description with paths from the account on, and without the account's id among their parameters. */
function belowAccount(full) {
  const paths = Object.entries(full.paths).map(([path, operations]) => [
    path.replace(account, '/'),
    Object.fromEntries(Object.entries(operations).map(([method, one]) => [method, withoutAccount(one)])),
  ]);
  // Without its servers, because the client gets the server's address. Without examples, because they would be half of the file.
  const below = { ...full, servers: undefined, paths: Object.fromEntries(paths) };
  return JSON.parse(JSON.stringify(below), (name, value) => (name === 'example' ? undefined : value));
}

function withoutAccount({ parameters = [], ...operation }) {
  return { ...operation, parameters: parameters.filter(({ name }) => name !== 'auth_id') };
}
