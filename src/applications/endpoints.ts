// Application: create, list, retrieve, update, delete.
import { ApiError } from '../base/errors.ts';
import type { Transaction } from '../db/db.ts';
import { defineEndpoint, type Scope } from '../http/endpoint.ts';
import { listSchema, pageAnswer, pageOf } from '../http/page.ts';
import { Changed, changed, noContent } from '../http/schemas.ts';
import { type Application, defaultSettings, makeAppId } from './application.ts';
import {
  clearDefaultApplication,
  countApplications,
  deleteApplication,
  getApplication,
  insertApplication,
  listApplications,
  lockApplication,
  saveApplication,
  subaccountExists,
} from './store.ts';
import {
  ApplicationBody,
  ApplicationPath,
  applicationToWire,
  CreateApplicationInput,
  CreatedApplication,
  DeleteApplicationInput,
  ListApplicationsInput,
  settingsFromWire,
  UpdateApplicationInput,
} from './wire.ts';

export const createApplicationEndpoint = defineEndpoint({
  summary: 'Create an application',
  input: CreateApplicationInput,
  answers: { 201: CreatedApplication },
  async handle({ db, scope, input, now, newId, randomBytes }) {
    const applicationType = input.application_type ?? 'XML';
    const given = settingsFromWire(input);
    const application: Application = {
      ...defaultSettings,
      ...given,
      subaccountId: given.subaccountId ?? scope.subaccountId ?? null,
      appId: makeAppId(applicationType, newId, randomBytes),
      accountId: scope.mainId,
      appName: input.app_name,
      applicationType,
      createdAt: now,
    };
    requireUrlOfFlow(application);
    await db.transaction(async (tx) => {
      await settleReferences(tx, scope, application);
      await insertApplication(tx, application);
    });
    return { status: 201, body: { app_id: application.appId, message: 'created' } };
  },
});

export const listApplicationsEndpoint = defineEndpoint({
  summary: 'List applications',
  input: ListApplicationsInput,
  answers: { 200: listSchema(ApplicationBody) },
  async handle({ db, scope, input }) {
    const page = pageOf(input);
    const filters = { subaccountId: input.subaccount, appName: input.app_name };
    const [applications, count] = await Promise.all([
      listApplications(db, scope, filters, page),
      countApplications(db, scope, filters),
    ]);
    const path = `/v1/Account/${scope.accountId}/Application/`;
    return pageAnswer(path, page, input, count, applications.map(applicationToWire));
  },
});

export const getApplicationEndpoint = defineEndpoint({
  summary: 'Retrieve an application',
  path: ApplicationPath,
  answers: { 200: ApplicationBody },
  async handle({ db, scope, path }) {
    const application = await getApplication(db, scope, path.app_id);
    if (application === undefined) throw new ApiError('notFound', 'application not found');
    return { status: 200, body: applicationToWire(application) };
  },
});

export const updateApplicationEndpoint = defineEndpoint({
  summary: 'Update an application',
  description: 'Changes only what was sent. The URL `none` empties a URL.',
  path: ApplicationPath,
  input: UpdateApplicationInput,
  answers: { 202: Changed },
  async handle({ db, scope, path, input }) {
    await db.transaction(async (tx) => {
      const application = await lockApplication(tx, scope, path.app_id);
      if (application === undefined) throw new ApiError('notFound', 'application not found');
      const updated = { ...application, ...settingsFromWire(input) };
      requireUrlOfFlow(updated);
      await settleReferences(tx, scope, updated);
      await saveApplication(tx, updated);
    });
    return changed;
  },
});

export const deleteApplicationEndpoint = defineEndpoint({
  summary: 'Delete an application',
  description: 'Numbers and powerpacks that refer to it are detached.',
  path: ApplicationPath,
  input: DeleteApplicationInput,
  answers: { 204: null },
  async handle({ db, scope, path }) {
    await db.transaction(async (tx) => {
      const application = await lockApplication(tx, scope, path.app_id);
      if (application === undefined) throw new ApiError('notFound', 'application not found');
      await deleteApplication(tx, application.appId);
    });
    return noContent;
  },
});

function requireUrlOfFlow(application: Application): void {
  if (application.applicationType === 'PHLO' && application.messageUrl === '') {
    throw new ApiError('invalid', 'message_url is required for a PHLO: it is where the flow listens');
  }
}

async function settleReferences(tx: Transaction, scope: Scope, application: Application): Promise<void> {
  const { subaccountId } = application;
  if (subaccountId !== null && !(await subaccountExists(tx, scope, subaccountId))) {
    throw new ApiError('invalid', 'subaccount not found');
  }
  if (application.defaultNumberApp) await clearDefaultApplication(tx, scope.mainId);
}
