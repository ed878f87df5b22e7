// Import: resources of an account of the vendor's, or of another server, taken over with their ids.
import type { Settings } from '../base/config.ts';
import type { Encrypter } from '../base/encrypt.ts';
import type { RandomBytes } from '../base/id.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { CheckImportInput, ImportBody, ImportInput, partsFromWire, takenToWire } from './import-wire.ts';
import { takeOver, tryToTakeOver } from './take-over.ts';

interface ImportParts {
  readonly settings: Settings;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
}

export const importResourcesEndpoint = defineEndpoint({
  summary: 'Take resources over with their ids',
  description:
    'Makes subaccounts, applications, numbers, powerpacks and members of pools as they are elsewhere: `rucksack import plivo` calls it. Objects are taken in the names of the lists of the API. Each is made whole or refused with a reason, and the others are made all the same; what the account has already stays as it is. Under the path of a subaccount, powerpacks and members are the subaccount’s.',
  extension: true,
  role: 'owner',
  input: ImportInput,
  partsMayFail: true,
  answers: { 200: ImportBody },
  async handle({ input, ...request }, parts: ImportParts) {
    const { db, scope, newId, now } = request;
    const taken = await takeOver(partsFromWire(input), { ...parts, db, scope, newId, now });
    return { status: 200, body: takenToWire(taken) };
  },
});

export const checkImportEndpoint = defineEndpoint({
  summary: 'Check whether resources can be taken over',
  description:
    'As the import, and changes nothing: says of each resource whether it could be made, by its fields and its ids. What one resource says of another is left out, since that may not be there yet.',
  extension: true,
  role: 'read_only',
  announcesItself: true,
  input: CheckImportInput,
  answers: { 200: ImportBody },
  async handle({ input, ...request }, parts: ImportParts) {
    const { db, scope, newId, now } = request;
    const making = { ...parts, db, scope, newId, now };
    const taken = await tryToTakeOver(partsFromWire(input), making);
    return { status: 200, body: takenToWire(taken) };
  },
});
