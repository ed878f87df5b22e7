// Creates, updates and deletes applications.
import { holdSubaccount } from '../accounts/scope.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import { violatedConstraint } from '../db/constraint.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import {
  type Application,
  type ApplicationSettings,
  type ApplicationType,
  defaultSettings,
  makeAppId,
} from './application.ts';
import {
  clearDefaultApplication,
  deleteApplication as deleteRow,
  getApplication,
  insertApplication,
  lockAccountOf,
  lockApplication,
  lockUsersOf,
  saveApplication,
} from './store.ts';

const notFound = () => new ApiError('notFound', 'application not found');

export interface ApplicationRequest {
  /** The id that it has elsewhere; a new one where it is absent. */
  readonly appId?: string;
  readonly appName: string;
  readonly applicationType: ApplicationType;
  readonly settings: Partial<ApplicationSettings>;
}

/** The randomness and time for a new application. */
interface Making {
  readonly newId: () => string;
  readonly randomBytes: RandomBytes;
  readonly now: Date;
}

/** @throws ApiError invalid when the settings do not go together, conflict when the id is taken. */
export async function createApplication(
  db: Db,
  scope: Scope,
  request: ApplicationRequest,
  { newId, randomBytes, now }: Making,
): Promise<Application> {
  const application: Application = {
    ...defaultSettings,
    subaccountId: scope.subaccountId ?? null,
    ...request.settings,
    appId: request.appId ?? makeAppId(request.applicationType, newId, randomBytes),
    accountId: scope.mainId,
    appName: request.appName,
    applicationType: request.applicationType,
    createdAt: now,
  };
  try {
    await db.transaction(async (tx) => {
      await recordResult(tx, scope, application);
      await insertApplication(tx, application);
    });
  } catch (error) {
    if (violatedConstraint(error) !== 'applications_pkey') throw error;
    throw new ApiError('conflict', 'app_id is in use by another account');
  }
  return application;
}

/** Changes what was sent and nothing else. */
export function updateApplication(
  db: Db,
  scope: Scope,
  appId: string,
  change: Partial<ApplicationSettings>,
): Promise<void> {
  return db.transaction(async (tx) => {
    // Of two that want to be the default, each would wait for the other's application.
    if (change.defaultNumberApp === true) await lockAccountOf(tx, scope.mainId);
    const present = await lockApplication(tx, scope, appId);
    if (present === undefined) throw notFound();
    const application = { ...present, ...change };
    await recordResult(tx, scope, application);
    await saveApplication(tx, application);
  });
}

/** Deletes an application; numbers and powerpacks that refer to it are detached by foreign keys. */
export function deleteApplication(db: Db, scope: Scope, appId: string): Promise<void> {
  return db.transaction(async (tx) => {
    if ((await getApplication(tx, scope, appId)) === undefined) throw notFound();
    await lockUsersOf(tx, appId);
    const application = await lockApplication(tx, scope, appId);
    if (application === undefined) throw notFound();
    await deleteRow(tx, application.appId);
  });
}

/** Checks what an application says against itself and against others, and makes room for a new default. */
async function recordResult(tx: Transaction, scope: Scope, application: Application): Promise<void> {
  const { applicationType, messageUrl, subaccountId, defaultNumberApp } = application;
  if (applicationType === 'PHLO' && messageUrl === '') {
    throw new ApiError('invalid', 'message_url is required for a PHLO: it is where the flow listens');
  }
  if (subaccountId !== null && !(await holdSubaccount(tx, scope, subaccountId))) {
    throw new ApiError('invalid', 'subaccount not found');
  }
  if (!defaultNumberApp) return;
  // Numbers of the whole account would go to it, and with them the texts of others.
  if (subaccountId !== null) {
    throw new ApiError('invalid', 'default_number_app is only for applications of the main account');
  }
  await clearDefaultApplication(tx, scope.mainId);
}
