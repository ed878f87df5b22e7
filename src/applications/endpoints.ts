// Application: create, list, retrieve, update, delete.

import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { listSchema, pageAnswer, pageOf } from '../http/page.ts';
import { Changed, changed, noContent } from '../http/schemas.ts';
import { createApplication, deleteApplication, updateApplication } from './change-application.ts';
import { countApplications, getApplication, listApplications } from './store.ts';
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
  async handle({ db, scope, input, now, newId }, { randomBytes }: { randomBytes: RandomBytes }) {
    const request = {
      appName: input.app_name,
      applicationType: input.application_type ?? 'XML',
      settings: settingsFromWire(input),
    } as const;
    const application = await createApplication(db, scope, request, { newId, randomBytes, now });
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
    await updateApplication(db, scope, path.app_id, settingsFromWire(input));
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
    await deleteApplication(db, scope, path.app_id);
    return noContent;
  },
});
