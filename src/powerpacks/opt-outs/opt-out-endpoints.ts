// OptOut: list, check, add, remove, history, import and export. Extensions.
import { ApiError } from '../../base/errors.ts';
import type { Notifier } from '../../events/notifier.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { PageInput, pageOf, uncountedPageAnswer } from '../../http/page.ts';
import type { CallbackQueue } from '../../webhooks/callback-queue.ts';
import { queueOfSender } from '../queue-name.ts';
import { addByHand, removeByHand } from './change-by-hand.ts';
import { listChanges } from './history-store.ts';
import { importOptOuts } from './import-opt-outs.ts';
import { readOptOutCsv, writeOptOutCsv } from './opt-out-csv-wire.ts';
import { exportOptOuts, findOptOuts, listOptOuts } from './opt-out-list-store.ts';
import {
  AddedOptOuts,
  AddOptOutsInput,
  askedFromWire,
  CheckedOptOuts,
  CheckOptOutsInput,
  changeToWire,
  destinationFromWire,
  ExportedOptOuts,
  ExportOptOutsInput,
  exportPlaceFromWire,
  exportPlaceToWire,
  ImportedOptOuts,
  ImportOptOutsInput,
  importReportToWire,
  ListOptOutsInput,
  OptedOutPersonBody,
  OptOutHistoryBody,
  OptOutListBody,
  OptOutPath,
  optOutFiltersFromWire,
  optOutToWire,
  personToWire,
  RemovedOptOuts,
  RemoveOptOutsInput,
  removalFromWire,
  wantedFromWire,
} from './opt-out-wire.ts';
import { findPowerpacksOf } from './place-store.ts';

interface ChangeParts {
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
}

/** Opt-outs in one part of an export: well below a megabyte of text. */
const exportRows = 5000;

export const listOptOutsEndpoint = defineEndpoint({
  summary: 'List opt-outs',
  description:
    'Those of the account, the newest first. A subaccount sees those of its powerpacks and numbers.',
  extension: true,
  input: ListOptOutsInput,
  answers: { 200: OptOutListBody },
  async handle({ db, scope, input }) {
    const page = pageOf(input);
    const optOuts = await listOptOuts(db, scope, optOutFiltersFromWire(input), page);
    const shown = optOuts.slice(0, page.limit).map(optOutToWire);
    const path = `/v1/Account/${scope.accountId}/OptOut/`;
    return uncountedPageAnswer(path, page, input, optOuts.length > page.limit, shown);
  },
});

export const addOptOutsEndpoint = defineEndpoint({
  summary: 'Opt people out by hand',
  description:
    'Blocks messages to them until they write START or the opt-out is removed. No message confirms it. A callback tells each that is new, where the account has an `opt_out_url`.',
  extension: true,
  input: AddOptOutsInput,
  announcesItself: true,
  answers: { 200: AddedOptOuts },
  async handle({ db, scope, input, now, newId }, { notifier, callbacks }: ChangeParts) {
    const wanted = wantedFromWire(input, scope, now);
    const counts = await addByHand(db, scope, wanted, now, { notifier, callbacks, newId });
    return { status: 200, body: { message: 'added', ...counts } };
  },
});

export const checkOptOutsEndpoint = defineEndpoint({
  summary: 'Check many people for opt-outs',
  role: 'read_only',
  description: 'Says of each whether messages are blocked. Changes nothing.',
  extension: true,
  input: CheckOptOutsInput,
  announcesItself: true,
  answers: { 200: CheckedOptOuts },
  async handle({ db, scope, input }) {
    const { destinations, powerpackUuid, sender } = askedFromWire(input, scope);
    const numbers = destinations.map(({ number }) => number);
    const found = await findOptOuts(db, scope, numbers);
    const powerpacks = sender === undefined ? undefined : await findPowerpacksOf(db, scope.mainId, sender);
    const objects = destinations.map(({ number, countryIso2 }) => {
      const queue = sender === undefined ? undefined : queueOfSender({ sender, countryIso2 });
      const message = queue === undefined ? undefined : { queue, powerpackUuid: powerpacks?.get(queue) };
      return personToWire(number, found.get(number) ?? [], { powerpackUuid, message });
    });
    return { status: 200, body: { objects } };
  },
});

export const importOptOutsEndpoint = defineEndpoint({
  summary: 'Import opt-outs from CSV',
  description:
    'All lines in one transaction. A bad line is named, and means that nothing is imported, unless `skip_bad_lines` is set. Imports call no URL.',
  extension: true,
  input: ImportOptOutsInput,
  announcesItself: true,
  answers: { 200: ImportedOptOuts },
  async handle({ db, scope, input, now, newId }, { notifier, callbacks }: ChangeParts) {
    const author = input.author ?? scope.callerId;
    const lines = readOptOutCsv(input.csv, { country: scope.defaultCountry, author, now });
    const skipBad = input.skip_bad_lines ?? false;
    const report = await importOptOuts(db, scope, lines, skipBad, now, { notifier, callbacks, newId });
    return { status: 200, body: importReportToWire(report) };
  },
});

export const exportOptOutsEndpoint = defineEndpoint({
  summary: 'Export opt-outs as CSV',
  description: 'In parts of up to 5,000, in the order of numbers. An import reads what an export wrote.',
  extension: true,
  input: ExportOptOutsInput,
  answers: { 200: ExportedOptOuts },
  async handle({ db, scope, input }) {
    const optOuts = await exportOptOuts(db, scope, exportPlaceFromWire(input), exportRows);
    const last = optOuts.at(-1);
    const next = last === undefined || optOuts.length < exportRows ? null : exportPlaceToWire(last);
    return { status: 200, body: { count: optOuts.length, csv: writeOptOutCsv(optOuts), next } };
  },
});

export const getOptOutEndpoint = defineEndpoint({
  summary: 'Retrieve the opt-outs of a person',
  extension: true,
  path: OptOutPath,
  answers: { 200: OptedOutPersonBody },
  async handle({ db, scope, path }) {
    const destination = destinationFromWire(path);
    const found = await findOptOuts(db, scope, [destination]);
    const everything = { powerpackUuid: undefined, message: undefined };
    return { status: 200, body: personToWire(destination, found.get(destination) ?? [], everything) };
  },
});

export const removeOptOutsEndpoint = defineEndpoint({
  summary: 'Remove opt-outs of a person by hand',
  description:
    'Messages go to the person again: only for those who have asked for them. Without `number` and `powerpack_uuid` all opt-outs of the person are removed.',
  extension: true,
  path: OptOutPath,
  input: RemoveOptOutsInput,
  announcesItself: true,
  answers: { 200: RemovedOptOuts },
  async handle({ db, scope, path, input, now, newId }, { notifier, callbacks }: ChangeParts) {
    const removal = removalFromWire(path, input, scope);
    const removed = await removeByHand(db, scope, removal, now, { notifier, callbacks, newId });
    if (removed === 0) throw new ApiError('notFound', 'no such opt-out of this person');
    return { status: 200, body: { message: 'removed', removed } };
  },
});

export const listOptOutHistoryEndpoint = defineEndpoint({
  summary: 'List the history of a person’s opt-outs',
  description: 'Every change with its cause, the last one first: kept for five years.',
  extension: true,
  path: OptOutPath,
  input: PageInput,
  answers: { 200: OptOutHistoryBody },
  async handle({ db, scope, path, input }) {
    const destination = destinationFromWire(path);
    const page = pageOf(input);
    const changes = await listChanges(db, scope, destination, page);
    const shown = changes.slice(0, page.limit).map(changeToWire);
    const uri = `/v1/Account/${scope.accountId}/OptOut/${destination}/History/`;
    return uncountedPageAnswer(uri, page, {}, changes.length > page.limit, shown);
  },
});
