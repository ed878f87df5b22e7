// The SQL of applications.
import { scopeValues, visibleIn } from '../accounts/scope.ts';
import type { Reader, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { PageRequest } from '../http/page.ts';
import type { WebhookMethod } from '../webhooks/webhook.ts';
import type { Application, ApplicationType } from './application.ts';

interface ApplicationRow {
  app_id: string;
  account_id: string;
  subaccount_id: string | null;
  app_name: string;
  application_type: ApplicationType;
  answer_url: string;
  answer_method: WebhookMethod;
  hangup_url: string;
  hangup_method: WebhookMethod;
  fallback_answer_url: string;
  fallback_method: WebhookMethod;
  message_url: string;
  message_method: WebhookMethod;
  message_retry_seconds: number[] | null;
  default_number_app: boolean;
  default_endpoint_app: boolean;
  log_incoming_messages: boolean;
  public_uri: boolean;
  created_at: Date;
}

const fromRow = (row: ApplicationRow): Application => ({
  appId: row.app_id,
  accountId: row.account_id,
  subaccountId: row.subaccount_id,
  appName: row.app_name,
  applicationType: row.application_type,
  answerUrl: row.answer_url,
  answerMethod: row.answer_method,
  hangupUrl: row.hangup_url,
  hangupMethod: row.hangup_method,
  fallbackAnswerUrl: row.fallback_answer_url,
  fallbackMethod: row.fallback_method,
  messageUrl: row.message_url,
  messageMethod: row.message_method,
  messageRetrySeconds: row.message_retry_seconds,
  defaultNumberApp: row.default_number_app,
  defaultEndpointApp: row.default_endpoint_app,
  logIncomingMessages: row.log_incoming_messages,
  publicUri: row.public_uri,
  createdAt: row.created_at,
});

const visible = visibleIn();

/** Returns the application if the scope sees it. */
export async function getApplication(
  db: Reader,
  scope: Scope,
  appId: string,
): Promise<Application | undefined> {
  const rows = await db.query<ApplicationRow>(`select * from applications where ${visible} and app_id = $3`, [
    ...scopeValues(scope),
    appId,
  ]);
  return rows.map(fromRow)[0];
}

/** Returns whether an application is there to refer to, and locks it against deletion until the transaction ends. */
export async function holdApplication(
  tx: Transaction,
  scope: Scope,
  appId: string,
): Promise<ApplicationType | undefined> {
  const rows = await tx.query<{ application_type: ApplicationType }>(
    `select application_type from applications where ${visible} and app_id = $3 for key share`,
    [...scopeValues(scope), appId],
  );
  return rows[0]?.application_type;
}

/** Returns the same as `getApplication`, locked against deletion and change until the transaction ends. */
export async function lockApplication(
  tx: Transaction,
  scope: Scope,
  appId: string,
): Promise<Application | undefined> {
  const rows = await tx.query<ApplicationRow>(
    `select * from applications where ${visible} and app_id = $3 for no key update`,
    [...scopeValues(scope), appId],
  );
  return rows.map(fromRow)[0];
}

interface ApplicationFilters {
  readonly subaccountId: string | undefined;
  readonly appName: string | undefined;
}

const filtered = `${visible} and ($3::text is null or subaccount_id = $3) and ($4::text is null or app_name = $4)`;
const filterValues = (scope: Scope, filters: ApplicationFilters) => [
  ...scopeValues(scope),
  filters.subaccountId ?? null,
  filters.appName ?? null,
];

/** Returns a page of the applications that the scope sees and the filters leave, the oldest first. */
export async function listApplications(
  db: Reader,
  scope: Scope,
  filters: ApplicationFilters,
  page: PageRequest,
): Promise<Application[]> {
  const rows = await db.query<ApplicationRow>(
    `select * from applications where ${filtered} order by created_at, app_id limit $5 offset $6`,
    [...filterValues(scope, filters), page.limit, page.offset],
  );
  return rows.map(fromRow);
}

/** Returns how many applications `listApplications` would list on all pages. */
export async function countApplications(
  db: Reader,
  scope: Scope,
  filters: ApplicationFilters,
): Promise<number> {
  const rows = await db.query<{ count: number }>(
    `select count(*) as count from applications where ${filtered}`,
    filterValues(scope, filters),
  );
  return rows[0]?.count ?? 0;
}

/**
 * Returns the application that a main account's numbers get when they are rented without naming one, locked against deletion until the
 * transaction ends.
 */
export async function holdDefaultApplication(tx: Transaction, mainId: string): Promise<string | null> {
  const rows = await tx.query<{ app_id: string }>(
    'select app_id from applications where account_id = $1 and default_number_app for key share',
    [mainId],
  );
  return rows[0]?.app_id ?? null;
}

/** Takes the lock of a main account until the transaction ends: one default application of it is chosen at a time. */
export async function lockAccountOf(tx: Transaction, mainId: string): Promise<void> {
  await tx.query('select 1 from accounts where auth_id = $1 for no key update', [mainId]);
}

/** Takes the locks of the rows that refer to an application, which is to be locked after them: its deletion changes them. */
export async function lockUsersOf(tx: Transaction, appId: string): Promise<void> {
  await tx.query('select lock_users_of_application($1)', [appId]);
}

/**
 * Takes the default from whichever application has it, so that there is never more than one. The account's row is
 * locked first: of two that want the default at the same moment the later one has it in the end.
 */
export async function clearDefaultApplication(tx: Transaction, mainId: string): Promise<void> {
  await lockAccountOf(tx, mainId);
  await tx.query(
    'update applications set default_number_app = false where account_id = $1 and default_number_app',
    [mainId],
  );
}

/** Stores an application whose id is free. */
export async function insertApplication(tx: Transaction, application: Application): Promise<void> {
  await tx.query(
    `insert into applications (app_id, account_id, subaccount_id, app_name, application_type, answer_url,
       answer_method, hangup_url, hangup_method, fallback_answer_url, fallback_method, message_url, message_method,
       default_number_app, default_endpoint_app, log_incoming_messages, public_uri,
       message_retry_seconds, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      application.appId,
      application.accountId,
      application.subaccountId,
      application.appName,
      application.applicationType,
      ...settingValues(application),
      application.createdAt,
    ],
  );
}

/** Writes the settings of an application. Its name and type cannot be changed. */
export async function saveApplication(tx: Transaction, application: Application): Promise<void> {
  await tx.query(
    `update applications set subaccount_id = $2, answer_url = $3, answer_method = $4, hangup_url = $5,
       hangup_method = $6, fallback_answer_url = $7, fallback_method = $8, message_url = $9, message_method = $10,
       default_number_app = $11, default_endpoint_app = $12, log_incoming_messages = $13, public_uri = $14,
       message_retry_seconds = $15
     where app_id = $1`,
    [application.appId, application.subaccountId, ...settingValues(application)],
  );
}

const settingValues = (application: Application) => [
  application.answerUrl,
  application.answerMethod,
  application.hangupUrl,
  application.hangupMethod,
  application.fallbackAnswerUrl,
  application.fallbackMethod,
  application.messageUrl,
  application.messageMethod,
  application.defaultNumberApp,
  application.defaultEndpointApp,
  application.logIncomingMessages,
  application.publicUri,
  application.messageRetrySeconds,
];

/** Deletes an application; numbers and powerpacks that refer to it are detached by foreign key. */
export async function deleteApplication(tx: Transaction, appId: string): Promise<void> {
  await tx.query('delete from applications where app_id = $1', [appId]);
}
