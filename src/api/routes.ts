// THE PAGE: every method, path and endpoint of the API, one per line.
import {
  createApiKeyEndpoint,
  deleteApiKeyEndpoint,
  getApiKeyEndpoint,
  listApiKeysEndpoint,
} from '../accounts/api-key-endpoints.ts';
import {
  createSubaccountEndpoint,
  deleteSubaccountEndpoint,
  getAccountEndpoint,
  getPricingEndpoint,
  getSubaccountEndpoint,
  listSubaccountsEndpoint,
  rotateTokenEndpoint,
  updateAccountEndpoint,
  updateSubaccountEndpoint,
} from '../accounts/endpoints.ts';
import {
  createApplicationEndpoint,
  deleteApplicationEndpoint,
  getApplicationEndpoint,
  listApplicationsEndpoint,
  updateApplicationEndpoint,
} from '../applications/endpoints.ts';
import { listAuditEndpoint } from '../audit/audit-endpoints.ts';
import { listRequestsEndpoint } from '../audit/requests/request-endpoints.ts';
import type { RequestLog } from '../audit/requests/request-log.ts';
import { copyDatabaseEndpoint } from '../backup/endpoints.ts';
import type { Settings } from '../base/config.ts';
import type { Encrypter } from '../base/encrypt.ts';
import type { RandomBytes } from '../base/id.ts';
import type { InFlightTracker } from '../base/in-flight.ts';
import type { Timers } from '../base/timers.ts';
import type { VirtualClock } from '../base/virtual-clock.ts';
import {
  createBrandEndpoint,
  deleteBrandEndpoint,
  getBrandEndpoint,
  listBrandsEndpoint,
  updateBrandEndpoint,
} from '../campaigns/brand-endpoints.ts';
import {
  createCampaignEndpoint,
  deleteCampaignEndpoint,
  getCampaignEndpoint,
  importCampaignEndpoint,
  listCampaignsEndpoint,
  updateCampaignEndpoint,
} from '../campaigns/campaign-endpoints.ts';
import {
  getCampaignNumberEndpoint,
  linkNumbersEndpoint,
  listCampaignNumbersEndpoint,
  unlinkNumberEndpoint,
} from '../campaigns/campaign-number-endpoints.ts';
import type { Simulator } from '../carriers/simulator/simulator.ts';
import type { Db } from '../db/db.ts';
import type { AccountResets } from '../events/account-resets.ts';
import type { AccountWatchers } from '../events/account-watchers.ts';
import { streamEventsEndpoint } from '../events/endpoints.ts';
import type { Notifier } from '../events/notifier.ts';
import { findEndpoint } from '../find/endpoints.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { listIncidentsEndpoint } from '../incidents/incident-endpoints.ts';
import {
  deleteMessageMediaEndpoint,
  getMediaEndpoint,
  getMessageMediumEndpoint,
  listMediaEndpoint,
  listMessageMediaEndpoint,
  uploadMediaEndpoint,
} from '../media/endpoints.ts';
import type { MessageAcceptor } from '../messages/accept/message-acceptor.ts';
import {
  listConversationEndpoint,
  listConversationsEndpoint,
} from '../messages/conversation/conversation-endpoints.ts';
import {
  countMessagesEndpoint,
  explainMessageEndpoint,
  getMessageEndpoint,
  listMessagesEndpoint,
  sendMessageEndpoint,
  testCarrierEndpoint,
} from '../messages/endpoints.ts';
import { countFailuresEndpoint, getNumberHealthEndpoint } from '../messages/failures/failure-endpoints.ts';
import { listDemandEndpoint } from '../messages/traffic/demand-endpoints.ts';
import { countTrafficEndpoint } from '../messages/traffic/traffic-endpoints.ts';
import {
  cancelMessageEndpoint,
  cancelMessagesEndpoint,
  listScheduledEndpoint,
} from '../messages/waiting/waiting-endpoints.ts';
import { checkImportEndpoint, importResourcesEndpoint } from '../moving/import-endpoints.ts';
import {
  addNumbersEndpoint,
  getNumberEndpoint,
  listNumbersEndpoint,
  rentPhoneNumberEndpoint,
  searchPhoneNumbersEndpoint,
  unrentNumberEndpoint,
  updateNumberEndpoint,
} from '../numbers/endpoints.ts';
import {
  deleteAlphanumericEndpoint,
  getAlphanumericEndpoint,
  listAlphanumericEndpoint,
  requestAlphanumericEndpoint,
} from '../powerpacks/alphanumeric/alphanumeric-endpoints.ts';
import {
  addPoolAlphanumericEndpoint,
  listPoolAlphanumericEndpoint,
  removePoolAlphanumericEndpoint,
} from '../powerpacks/alphanumeric/named-member-endpoints.ts';
import {
  decideOnAlphanumericEndpoint,
  listAlphanumericReviewsEndpoint,
} from '../powerpacks/alphanumeric/review-endpoints.ts';
import {
  planRedistributionEndpoint,
  planRefreshEndpoint,
  redistributeEndpoint,
  refreshPoolEndpoint,
} from '../powerpacks/care/care-endpoints.ts';
import {
  createPowerpackEndpoint,
  deletePowerpackEndpoint,
  getPowerpackEndpoint,
  listDeletedPowerpacksEndpoint,
  listPowerpacksEndpoint,
  planDeletionEndpoint,
  restorePowerpackEndpoint,
  updatePowerpackEndpoint,
} from '../powerpacks/endpoints.ts';
import {
  getKeywordsEndpoint,
  resetKeywordsEndpoint,
  updateKeywordsEndpoint,
} from '../powerpacks/keywords/keyword-endpoints.ts';
import {
  addOptOutsEndpoint,
  checkOptOutsEndpoint,
  exportOptOutsEndpoint,
  getOptOutEndpoint,
  importOptOutsEndpoint,
  listOptOutHistoryEndpoint,
  listOptOutsEndpoint,
  removeOptOutsEndpoint,
} from '../powerpacks/opt-outs/opt-out-endpoints.ts';
import { drainNumberEndpoint, resumeNumberEndpoint } from '../powerpacks/pool/drain-endpoints.ts';
import {
  addPoolNumberEndpoint,
  addPoolNumbersEndpoint,
  addPoolShortcodeEndpoint,
  addPoolTollfreeEndpoint,
  findPoolNumberEndpoint,
  findPoolShortcodeEndpoint,
  findPoolTollfreeEndpoint,
  getPoolEndpoint,
  listPoolNumbersEndpoint,
  listPoolShortcodesEndpoint,
  listPoolTollfreeEndpoint,
  removePoolNumberEndpoint,
  removePoolShortcodeEndpoint,
  removePoolTollfreeEndpoint,
} from '../powerpacks/pool/pool-endpoints.ts';
import { listPoolRegionsEndpoint } from '../powerpacks/pool/region-endpoints.ts';
import {
  explainSenderEndpoint,
  listPowerpackQueuesEndpoint,
  listQueuesEndpoint,
} from '../powerpacks/sending/sending-endpoints.ts';
import {
  findStickySenderEndpoint,
  listStickySendersEndpoint,
  pinStickySenderEndpoint,
  resetStickySenderEndpoint,
  resetStickySendersEndpoint,
} from '../powerpacks/sticky/sticky-endpoints.ts';
import {
  createCarrierEndpoint,
  createRouteEndpoint,
  deleteCarrierEndpoint,
  deleteRouteEndpoint,
  drainCarrierEndpoint,
  getCarrierEndpoint,
  getRouteEndpoint,
  listCarriersEndpoint,
  listRoutesEndpoint,
  resumeCarrierEndpoint,
  updateCarrierEndpoint,
  updateRouteEndpoint,
} from '../routing/endpoints.ts';
import type { Operating } from '../routing/operating.ts';
import {
  getClockEndpoint,
  listSimulatorRulesEndpoint,
  listSimulatorSubmissionsEndpoint,
  replaceSimulatorRulesEndpoint,
  resetSimulatorRulesEndpoint,
  sendFromHandsetEndpoint,
  turnClockEndpoint,
} from '../simulator/endpoints.ts';
import { createMainAccountEndpoint, listMainAccountsEndpoint } from '../test-kit/main-account-endpoints.ts';
import { resetAccountEndpoint, seedAccountEndpoint } from '../test-kit/seed-endpoints.ts';
import {
  deleteSnapshotEndpoint,
  listSnapshotsEndpoint,
  restoreSnapshotEndpoint,
  takeSnapshotEndpoint,
} from '../test-kit/snapshot-endpoints.ts';
import type { CallbackQueue } from '../webhooks/callback-queue.ts';
import {
  getWebhookEndpoint,
  listFailedWebhooksEndpoint,
  listWebhooksEndpoint,
  replayFailedWebhooksEndpoint,
  replayWebhookEndpoint,
} from '../webhooks/endpoints.ts';
import {
  listWebhookUrlsEndpoint,
  pauseWebhookUrlEndpoint,
  resumeWebhookUrlEndpoint,
} from '../webhooks/url-endpoints.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

/** The parts of the server that endpoints need, by name. */
export interface ApiParts {
  readonly settings: Settings;
  readonly encrypter: Encrypter;
  readonly randomBytes: RandomBytes;
  /** Returns the public URL of the server, without a slash at the end; known once it listens. */
  readonly publicUrl: () => string;
  readonly acceptor: MessageAcceptor;
  readonly notifier: Notifier;
  readonly callbacks: CallbackQueue;
  readonly watchers: AccountWatchers;
  /** Settings about carriers and routes. */
  readonly operating: Operating;
  readonly requestLog: RequestLog;
  /** Timers of the real time, even with a virtual clock. */
  readonly realTimers: Timers;
  /** Set where the simulator is the carrier, and this process talks to it. */
  readonly simulator: Simulator | undefined;
  /** Set where the API may change the time. */
  readonly virtualClock: VirtualClock | undefined;
  /** Tells the parts of this process that an account is reset. */
  readonly resets: AccountResets;
  /** Whether accounts may be seeded and reset. */
  readonly isTestKitOn: boolean;
  /** Background work that is running. */
  readonly inFlight: InFlightTracker;
  readonly dataDir: string;
  /** Copies the embedded database; undefined where it has no files. */
  readonly copyTo: Db['copyTo'];
}

export interface Route<in Parts = never> {
  readonly method: Method;
  /** Without the slash at the end, which is ignored. `:name` is a segment of the endpoint's path schema. */
  readonly path: string;
  readonly endpoint: Endpoint<Parts>;
}

/** Returns the resource of a path: its first segment below the account, where it has one. */
export const resourceOf = (path: string): string | undefined => path.split('/:auth_id/')[1]?.split('/')[0];

/** Returns the path of a request below the account, with its segments; of a route that names no account, as below the caller's own. */
export function pathBelowAccount(path: string, segments: Readonly<Record<string, string>>): string {
  const below = path.split('/:auth_id')[1] ?? path.slice('/v1'.length);
  const filled = below.replaceAll(/:(\w+)/g, (_, name: string) => segments[name] ?? '');
  return filled === '' ? '' : `${filled.slice(1)}/`;
}

const route = (method: Method, path: string, endpoint: Endpoint<ApiParts>): Route<ApiParts> => ({
  method,
  path,
  endpoint,
});

const account = '/v1/Account/:auth_id';
const powerpack = `${account}/Powerpack/:powerpack_uuid`;
const pool = `${account}/NumberPool/:number_pool_uuid`;
const optOut = `${account}/OptOut/:destination`;
const carrier = `${account}/Carrier/:carrier_name`;
const campaign = `${account}/10dlc/Campaign/:campaign_id`;
const messageMedia = `${account}/Message/:message_uuid/Media`;

/** The whole API, each path with its methods. */
// biome-ignore format: one line a route, so that the whole API can be proofread on one page
export const routes: readonly Route<ApiParts>[] = [
  route('GET',    account,                                    getAccountEndpoint),
  route('POST',   account,                                    updateAccountEndpoint),
  route('POST',   `${account}/Token`,                         rotateTokenEndpoint),
  route('GET',    `${account}/Key`,                           listApiKeysEndpoint),
  route('POST',   `${account}/Key`,                           createApiKeyEndpoint),
  route('GET',    `${account}/Key/:key_id`,                   getApiKeyEndpoint),
  route('DELETE', `${account}/Key/:key_id`,                   deleteApiKeyEndpoint),
  route('GET',    `${account}/Audit`,                         listAuditEndpoint),
  route('GET',    `${account}/Request`,                       listRequestsEndpoint),
  route('GET',    `${account}/Incident`,                      listIncidentsEndpoint),
  route('GET',    `${account}/Pricing`,                       getPricingEndpoint),
  route('GET',    `${account}/Event`,                         streamEventsEndpoint),
  route('GET',    `${account}/Find`,                          findEndpoint),

  route('GET',    `${account}/Subaccount`,                    listSubaccountsEndpoint),
  route('POST',   `${account}/Subaccount`,                    createSubaccountEndpoint),
  route('GET',    `${account}/Subaccount/:subaccount_id`,     getSubaccountEndpoint),
  route('POST',   `${account}/Subaccount/:subaccount_id`,     updateSubaccountEndpoint),
  route('DELETE', `${account}/Subaccount/:subaccount_id`,     deleteSubaccountEndpoint),

  route('GET',    `${account}/Application`,                   listApplicationsEndpoint),
  route('POST',   `${account}/Application`,                   createApplicationEndpoint),
  route('GET',    `${account}/Application/:app_id`,           getApplicationEndpoint),
  route('POST',   `${account}/Application/:app_id`,           updateApplicationEndpoint),
  route('DELETE', `${account}/Application/:app_id`,           deleteApplicationEndpoint),

  route('GET',    `${account}/PhoneNumber`,                   searchPhoneNumbersEndpoint),
  route('POST',   `${account}/PhoneNumber/:number`,           rentPhoneNumberEndpoint),
  // PHP's number_pool->numbers->buy_add_number() searches without an account: the caller's own is used.
  route('GET',    '/v1/PhoneNumber',                          searchPhoneNumbersEndpoint),

  route('GET',    `${account}/Number`,                        listNumbersEndpoint),
  route('POST',   `${account}/Number`,                        addNumbersEndpoint),
  route('GET',    `${account}/Number/:number`,                getNumberEndpoint),
  route('POST',   `${account}/Number/:number`,                updateNumberEndpoint),
  route('DELETE', `${account}/Number/:number`,                unrentNumberEndpoint),
  route('GET',    `${account}/Number/:number/Health`,         getNumberHealthEndpoint),

  route('GET',    `${account}/10dlc/Brand`,                   listBrandsEndpoint),
  route('POST',   `${account}/10dlc/Brand`,                   createBrandEndpoint),
  route('GET',    `${account}/10dlc/Brand/:brand_id`,         getBrandEndpoint),
  route('POST',   `${account}/10dlc/Brand/:brand_id`,         updateBrandEndpoint),
  route('DELETE', `${account}/10dlc/Brand/:brand_id`,         deleteBrandEndpoint),
  route('GET',    `${account}/10dlc/Campaign`,                listCampaignsEndpoint),
  route('POST',   `${account}/10dlc/Campaign`,                createCampaignEndpoint),
  route('POST',   `${account}/10dlc/Campaign/Import`,         importCampaignEndpoint),
  route('GET',    campaign,                                   getCampaignEndpoint),
  route('POST',   campaign,                                   updateCampaignEndpoint),
  route('DELETE', campaign,                                   deleteCampaignEndpoint),
  route('GET',    `${campaign}/Number`,                       listCampaignNumbersEndpoint),
  route('POST',   `${campaign}/Number`,                       linkNumbersEndpoint),
  route('GET',    `${campaign}/Number/:number`,               getCampaignNumberEndpoint),
  route('DELETE', `${campaign}/Number/:number`,               unlinkNumberEndpoint),

  route('GET',    `${account}/Powerpack`,                     listPowerpacksEndpoint),
  route('POST',   `${account}/Powerpack`,                     createPowerpackEndpoint),
  route('GET',    `${account}/Powerpack/Deleted`,             listDeletedPowerpacksEndpoint),
  route('GET',    powerpack,                                  getPowerpackEndpoint),
  route('POST',   powerpack,                                  updatePowerpackEndpoint),
  route('DELETE', powerpack,                                  deletePowerpackEndpoint),
  route('GET',    `${powerpack}/DeletePlan`,                  planDeletionEndpoint),
  route('POST',   `${powerpack}/Restore`,                     restorePowerpackEndpoint),
  route('GET',    `${powerpack}/Demand`,                      listDemandEndpoint),
  route('POST',   `${powerpack}/Explain`,                     explainSenderEndpoint),
  route('GET',    `${powerpack}/Keywords`,                    getKeywordsEndpoint),
  route('POST',   `${powerpack}/Keywords`,                    updateKeywordsEndpoint),
  route('DELETE', `${powerpack}/Keywords`,                    resetKeywordsEndpoint),
  route('GET',    `${powerpack}/Queue`,                       listQueuesEndpoint),
  route('GET',    `${powerpack}/Redistribution`,              planRedistributionEndpoint),
  route('POST',   `${powerpack}/Redistribution`,              redistributeEndpoint),
  route('GET',    `${powerpack}/Refresh`,                     planRefreshEndpoint),
  route('POST',   `${powerpack}/Refresh`,                     refreshPoolEndpoint),
  route('GET',    `${powerpack}/Region`,                      listPoolRegionsEndpoint),
  route('GET',    `${powerpack}/Sticky`,                      listStickySendersEndpoint),
  route('DELETE', `${powerpack}/Sticky`,                      resetStickySendersEndpoint),
  route('GET',    `${powerpack}/Sticky/:destination`,         findStickySenderEndpoint),
  route('POST',   `${powerpack}/Sticky/:destination`,         pinStickySenderEndpoint),
  route('DELETE', `${powerpack}/Sticky/:destination`,         resetStickySenderEndpoint),

  route('GET',    `${account}/Queue`,                         listPowerpackQueuesEndpoint),

  route('GET',    `${account}/OptOut`,                        listOptOutsEndpoint),
  route('POST',   `${account}/OptOut`,                        addOptOutsEndpoint),
  route('POST',   `${account}/OptOut/Check`,                  checkOptOutsEndpoint),
  route('GET',    `${account}/OptOut/Export`,                 exportOptOutsEndpoint),
  route('POST',   `${account}/OptOut/Import`,                 importOptOutsEndpoint),
  route('GET',    optOut,                                     getOptOutEndpoint),
  route('DELETE', optOut,                                     removeOptOutsEndpoint),
  route('GET',    `${optOut}/History`,                        listOptOutHistoryEndpoint),

  route('GET',    pool,                                       getPoolEndpoint),
  route('GET',    `${pool}/Number`,                           listPoolNumbersEndpoint),
  route('POST',   `${pool}/Number`,                           addPoolNumbersEndpoint),
  route('GET',    `${pool}/Number/:number`,                   findPoolNumberEndpoint),
  route('POST',   `${pool}/Number/:number`,                   addPoolNumberEndpoint),
  route('DELETE', `${pool}/Number/:number`,                   removePoolNumberEndpoint),
  route('POST',   `${pool}/Number/:number/Drain`,             drainNumberEndpoint),
  route('POST',   `${pool}/Number/:number/Resume`,            resumeNumberEndpoint),
  route('GET',    `${pool}/Tollfree`,                         listPoolTollfreeEndpoint),
  route('GET',    `${pool}/Tollfree/:number`,                 findPoolTollfreeEndpoint),
  route('POST',   `${pool}/Tollfree/:number`,                 addPoolTollfreeEndpoint),
  route('DELETE', `${pool}/Tollfree/:number`,                 removePoolTollfreeEndpoint),
  route('GET',    `${pool}/Shortcode`,                        listPoolShortcodesEndpoint),
  route('GET',    `${pool}/Shortcode/:shortcode`,             findPoolShortcodeEndpoint),
  route('POST',   `${pool}/Shortcode/:shortcode`,             addPoolShortcodeEndpoint),
  route('DELETE', `${pool}/Shortcode/:shortcode`,             removePoolShortcodeEndpoint),
  route('GET',    `${pool}/AlphanumericSender`,               listPoolAlphanumericEndpoint),
  route('POST',   `${pool}/AlphanumericSender/:name`,         addPoolAlphanumericEndpoint),
  route('DELETE', `${pool}/AlphanumericSender/:name`,         removePoolAlphanumericEndpoint),

  route('GET',    `${account}/AlphanumericSender`,            listAlphanumericEndpoint),
  route('POST',   `${account}/AlphanumericSender`,            requestAlphanumericEndpoint),
  route('GET',    `${account}/AlphanumericSender/:name`,      getAlphanumericEndpoint),
  route('DELETE', `${account}/AlphanumericSender/:name`,      deleteAlphanumericEndpoint),
  route('GET',    `${account}/AlphanumericReview`,            listAlphanumericReviewsEndpoint),
  route('POST',   `${account}/AlphanumericReview/:alphanumeric_uuid`, decideOnAlphanumericEndpoint),

  route('GET',    `${account}/Message`,                       listMessagesEndpoint),
  route('POST',   `${account}/Message`,                       sendMessageEndpoint),
  route('GET',    `${account}/Message/Count`,                 countMessagesEndpoint),
  route('GET',    `${account}/Message/Scheduled`,             listScheduledEndpoint),
  route('POST',   `${account}/Message/Cancel`,                cancelMessagesEndpoint),
  route('GET',    `${account}/Message/:message_uuid`,         getMessageEndpoint),
  route('POST',   `${account}/Message/:message_uuid/Cancel`,  cancelMessageEndpoint),
  route('GET',    `${account}/Message/:message_uuid/Explain`, explainMessageEndpoint),
  route('GET',    `${account}/Conversation`,                  listConversationsEndpoint),
  route('GET',    `${account}/Conversation/:number`,          listConversationEndpoint),
  route('GET',    `${account}/Traffic`,                       countTrafficEndpoint),
  route('GET',    `${account}/Failure`,                       countFailuresEndpoint),
  route('GET',    messageMedia,                               listMessageMediaEndpoint),
  route('DELETE', messageMedia,                               deleteMessageMediaEndpoint),
  route('GET',    `${messageMedia}/:media_id`,                getMessageMediumEndpoint),

  route('GET',    `${account}/Media`,                         listMediaEndpoint),
  route('POST',   `${account}/Media`,                         uploadMediaEndpoint),
  route('GET',    `${account}/Media/:media_id`,               getMediaEndpoint),

  route('GET',    `${account}/Carrier`,                       listCarriersEndpoint),
  route('POST',   `${account}/Carrier`,                       createCarrierEndpoint),
  route('GET',    carrier,                                    getCarrierEndpoint),
  route('POST',   carrier,                                    updateCarrierEndpoint),
  route('DELETE', carrier,                                    deleteCarrierEndpoint),
  route('POST',   `${carrier}/Drain`,                         drainCarrierEndpoint),
  route('POST',   `${carrier}/Resume`,                        resumeCarrierEndpoint),
  route('POST',   `${carrier}/Test`,                          testCarrierEndpoint),
  route('GET',    `${account}/Route`,                         listRoutesEndpoint),
  route('POST',   `${account}/Route`,                         createRouteEndpoint),
  route('GET',    `${account}/Route/:route_id`,               getRouteEndpoint),
  route('POST',   `${account}/Route/:route_id`,               updateRouteEndpoint),
  route('DELETE', `${account}/Route/:route_id`,               deleteRouteEndpoint),

  route('GET',    `${account}/Simulator/Rule`,                listSimulatorRulesEndpoint),
  route('POST',   `${account}/Simulator/Rule`,                replaceSimulatorRulesEndpoint),
  route('DELETE', `${account}/Simulator/Rule`,                resetSimulatorRulesEndpoint),
  route('GET',    `${account}/Simulator/Submission`,          listSimulatorSubmissionsEndpoint),
  route('POST',   `${account}/Simulator/Handset/:number/Message`, sendFromHandsetEndpoint),
  route('GET',    `${account}/Simulator/Clock`,               getClockEndpoint),
  route('POST',   `${account}/Simulator/Clock`,               turnClockEndpoint),

  route('POST',   `${account}/Import`,                        importResourcesEndpoint),
  route('POST',   `${account}/Import/Check`,                  checkImportEndpoint),

  route('GET',    `${account}/MainAccount`,                   listMainAccountsEndpoint),
  route('POST',   `${account}/MainAccount`,                   createMainAccountEndpoint),
  route('POST',   `${account}/DatabaseCopy`,                  copyDatabaseEndpoint),
  route('POST',   `${account}/Seed`,                          seedAccountEndpoint),
  route('POST',   `${account}/Reset`,                         resetAccountEndpoint),
  route('GET',    `${account}/Snapshot`,                      listSnapshotsEndpoint),
  route('POST',   `${account}/Snapshot`,                      takeSnapshotEndpoint),
  route('DELETE', `${account}/Snapshot/:snapshot_name`,       deleteSnapshotEndpoint),
  route('POST',   `${account}/Snapshot/:snapshot_name/Restore`, restoreSnapshotEndpoint),

  route('GET',    `${account}/Webhook`,                       listWebhooksEndpoint),
  route('GET',    `${account}/Webhook/Failed`,                listFailedWebhooksEndpoint),
  route('POST',   `${account}/Webhook/Failed/Replay`,         replayFailedWebhooksEndpoint),
  route('GET',    `${account}/Webhook/Url`,                   listWebhookUrlsEndpoint),
  route('POST',   `${account}/Webhook/Url/Pause`,             pauseWebhookUrlEndpoint),
  route('POST',   `${account}/Webhook/Url/Resume`,            resumeWebhookUrlEndpoint),
  route('GET',    `${account}/Webhook/:webhook_uuid`,         getWebhookEndpoint),
  route('POST',   `${account}/Webhook/:webhook_uuid/Replay`,  replayWebhookEndpoint),
];
