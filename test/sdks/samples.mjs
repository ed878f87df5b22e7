// Runs the samples of the two seed pages, and the one of README.md, and looks at what they did to the server.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readBlock } from './documents.mjs';

/**
 * Runs the samples of a language, each by itself.
 * @returns {Promise<{ name: string, ok: boolean, why: string }[]>}
 */
export async function runSamples(language, server, run) {
  const { update, delete: remove, readme } = language.samples;
  const runText = async (name, text, command = language.runSample) => {
    const file = join(server.folder, 'samples', name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    const { status, output } = await run(command(file, server));
    expect(status === 0, `status ${status}: ${output}`);
    return output;
  };
  const runPage = async ({ file }, uuid) =>
    runText(join(uuid, basename(file)), fill(await readFile(file, 'utf8'), server, uuid));

  const results = [
    await judge('the sample of "Update a Powerpack"', () =>
      checkUpdate(server, (uuid) => runPage(update, uuid)),
    ),
    await judge('the sample of "Delete a Powerpack"', () =>
      checkDelete(server, (uuid) => runPage(remove, uuid), remove.unrents),
    ),
  ];
  if (readme === undefined) return results;
  const checkBlock = async () => {
    const text = await readBlock('README.md', readme.heading, readme.block, server);
    await checkReadme(server, () => runText(readme.name, text, readme.run));
  };
  return [...results, await judge('the sample of README.md', checkBlock)];
}

async function judge(name, check) {
  try {
    await check();
    return { name, ok: true, why: '' };
  } catch (error) {
    return { name, ok: false, why: error.message };
  }
}

/** Writes values in place of placeholders that are strings of their own: `"powerpack_uuid"`. */
function fill(text, server, uuid) {
  const values = { auth_id: server.authId, auth_token: server.authToken, powerpack_uuid: uuid };
  return Object.entries(values).reduce((filled, [name, value]) => {
    expect(filled.includes(`"${name}"`), `the sample has no "${name}"`);
    return filled.replaceAll(`"${name}"`, `"${value}"`);
  }, text);
}

async function checkUpdate(server, runSample) {
  const application = await post(server, 'Application/', { app_name: 'sample' });
  const before = await post(server, 'Powerpack/', {
    name: 'before',
    local_connect: false,
    application_type: 'xml',
    application_id: application.app_id,
  });
  const output = await runSample(before.uuid);
  const { body: after } = await server.call('GET', `Powerpack/${before.uuid}/`);
  expect(/^(your_)?powerpack_name$/.test(after.name), `the name is ${after.name}`);
  expect(output.includes(after.name), `what the sample prints lacks the name: ${output}`);
  const rest = JSON.stringify({ ...after, api_id: before.api_id, name: before.name });
  expect(rest === JSON.stringify(before), `more than the name changed: ${rest}`);
}

async function checkDelete(server, runSample, unrents) {
  const { uuid, number_pool: pool } = await post(server, 'Powerpack/', { name: 'to be deleted' });
  const number = '12125550177';
  await post(server, `NumberPool/${pool.split('/')[5]}/Number/${number}/`, { rent: true });
  await runSample(uuid);
  const { status } = await server.call('GET', `Powerpack/${uuid}/`);
  expect(status === 404, `the powerpack is answered ${status}`);
  const isRented = (await server.call('GET', `Number/${number}/`)).status === 200;
  expect(isRented === !unrents, `the number is ${isRented ? 'still' : 'no longer'} rented`);
}

/** Checks that the sample renames a powerpack, lists the number of area code 415 that it rented, and deletes both. */
async function checkReadme(server, runSample) {
  const names = async () => (await server.call('GET', 'Powerpack/')).body.objects.map(({ name }) => name);
  const before = await names();
  const output = await runSample();
  expect(/^your_powerpack_name\n\['(1415\d{7})'\]\n$/.test(output), `it prints ${output}`);
  expect(`${await names()}` === `${before}`, 'its powerpack is still there');
  const { body } = await server.call('GET', 'Number/?number_startswith=1415');
  expect(body.meta.total_count === 0, 'its number is still rented');
}

async function post(server, path, parameters) {
  const { status, body } = await server.call('POST', path, parameters);
  expect(status < 300, `POST ${path} was answered ${status}: ${body?.error}`);
  return body;
}

function expect(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}
