// Names in the description: an operation has the name of its endpoint's constant, a schema that of its own.
import * as apiKeyEndpoints from '../../accounts/api-key-endpoints.ts';
import * as apiKeyWire from '../../accounts/api-key-wire.ts';
import * as accountEndpoints from '../../accounts/endpoints.ts';
import * as accountWire from '../../accounts/wire.ts';
import * as applicationEndpoints from '../../applications/endpoints.ts';
import * as applicationWire from '../../applications/wire.ts';
import * as auditEndpoints from '../../audit/audit-endpoints.ts';
import * as auditWire from '../../audit/audit-wire.ts';
import * as requestEndpoints from '../../audit/requests/request-endpoints.ts';
import * as requestWire from '../../audit/requests/request-wire.ts';
import * as backupEndpoints from '../../backup/endpoints.ts';
import * as backupWire from '../../backup/wire.ts';
import * as brandEndpoints from '../../campaigns/brand-endpoints.ts';
import * as brandWire from '../../campaigns/brand-wire.ts';
import * as campaignEndpoints from '../../campaigns/campaign-endpoints.ts';
import * as campaignNumberEndpoints from '../../campaigns/campaign-number-endpoints.ts';
import * as campaignNumberWire from '../../campaigns/campaign-number-wire.ts';
import * as campaignWire from '../../campaigns/campaign-wire.ts';
import * as campaignUsageWire from '../../campaigns/usage-wire.ts';
import * as eventEndpoints from '../../events/endpoints.ts';
import * as eventWire from '../../events/wire.ts';
import * as findEndpoints from '../../find/endpoints.ts';
import * as findWire from '../../find/wire.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import { PageMeta } from '../../http/page.ts';
import { Changed, Success } from '../../http/schemas.ts';
import * as incidentEndpoints from '../../incidents/incident-endpoints.ts';
import * as incidentWire from '../../incidents/incident-wire.ts';
import * as mediaEndpoints from '../../media/endpoints.ts';
import * as mediaWire from '../../media/wire.ts';
import * as conversationEndpoints from '../../messages/conversation/conversation-endpoints.ts';
import * as conversationWire from '../../messages/conversation/conversation-wire.ts';
import * as messageEndpoints from '../../messages/endpoints.ts';
import * as explainWire from '../../messages/explain-wire.ts';
import * as failureEndpoints from '../../messages/failures/failure-endpoints.ts';
import * as failureWire from '../../messages/failures/failure-wire.ts';
import * as demandEndpoints from '../../messages/traffic/demand-endpoints.ts';
import * as demandWire from '../../messages/traffic/demand-wire.ts';
import * as trafficEndpoints from '../../messages/traffic/traffic-endpoints.ts';
import * as trafficWire from '../../messages/traffic/traffic-wire.ts';
import * as waitingEndpoints from '../../messages/waiting/waiting-endpoints.ts';
import * as waitingWire from '../../messages/waiting/waiting-wire.ts';
import * as messageWire from '../../messages/wire.ts';
import * as importEndpoints from '../../moving/import-endpoints.ts';
import * as importWire from '../../moving/import-wire.ts';
import * as numberEndpoints from '../../numbers/endpoints.ts';
import * as numberWire from '../../numbers/wire.ts';
import * as alphanumericEndpoints from '../../powerpacks/alphanumeric/alphanumeric-endpoints.ts';
import * as alphanumericWire from '../../powerpacks/alphanumeric/alphanumeric-wire.ts';
import * as namedMemberEndpoints from '../../powerpacks/alphanumeric/named-member-endpoints.ts';
import * as namedMemberWire from '../../powerpacks/alphanumeric/named-member-wire.ts';
import * as reviewEndpoints from '../../powerpacks/alphanumeric/review-endpoints.ts';
import * as careEndpoints from '../../powerpacks/care/care-endpoints.ts';
import * as careWire from '../../powerpacks/care/care-wire.ts';
import * as deletionWire from '../../powerpacks/deletion/deletion-wire.ts';
import * as powerpackEndpoints from '../../powerpacks/endpoints.ts';
import * as keywordEndpoints from '../../powerpacks/keywords/keyword-endpoints.ts';
import * as keywordWire from '../../powerpacks/keywords/keyword-wire.ts';
import * as optOutEndpoints from '../../powerpacks/opt-outs/opt-out-endpoints.ts';
import * as optOutWire from '../../powerpacks/opt-outs/opt-out-wire.ts';
import * as drainEndpoints from '../../powerpacks/pool/drain-endpoints.ts';
import * as drainWire from '../../powerpacks/pool/drain-wire.ts';
import * as poolEndpoints from '../../powerpacks/pool/pool-endpoints.ts';
import * as poolWire from '../../powerpacks/pool/pool-wire.ts';
import * as regionEndpoints from '../../powerpacks/pool/region-endpoints.ts';
import * as regionWire from '../../powerpacks/pool/region-wire.ts';
import * as sendingEndpoints from '../../powerpacks/sending/sending-endpoints.ts';
import * as sendingWire from '../../powerpacks/sending/sending-wire.ts';
import * as stickyEndpoints from '../../powerpacks/sticky/sticky-endpoints.ts';
import * as stickyWire from '../../powerpacks/sticky/sticky-wire.ts';
import * as powerpackWire from '../../powerpacks/wire.ts';
import * as routingEndpoints from '../../routing/endpoints.ts';
import * as routingWire from '../../routing/wire.ts';
import * as simulatorEndpoints from '../../simulator/endpoints.ts';
import * as simulatorWire from '../../simulator/wire.ts';
import * as mainAccountEndpoints from '../../test-kit/main-account-endpoints.ts';
import * as mainAccountWire from '../../test-kit/main-account-wire.ts';
import * as seedEndpoints from '../../test-kit/seed-endpoints.ts';
import * as seedWire from '../../test-kit/seed-wire.ts';
import * as snapshotEndpoints from '../../test-kit/snapshot-endpoints.ts';
import * as snapshotWire from '../../test-kit/snapshot-wire.ts';
import * as webhookEndpoints from '../../webhooks/endpoints.ts';
import * as webhookUrlEndpoints from '../../webhooks/url-endpoints.ts';
import * as webhookUrlWire from '../../webhooks/url-wire.ts';
import * as webhookWire from '../../webhooks/wire.ts';

const endpointNames = new Map(
  [
    accountEndpoints,
    apiKeyEndpoints,
    simulatorEndpoints,
    eventEndpoints,
    findEndpoints,
    applicationEndpoints,
    brandEndpoints,
    campaignEndpoints,
    campaignNumberEndpoints,
    mediaEndpoints,
    messageEndpoints,
    waitingEndpoints,
    conversationEndpoints,
    trafficEndpoints,
    demandEndpoints,
    failureEndpoints,
    numberEndpoints,
    importEndpoints,
    auditEndpoints,
    requestEndpoints,
    incidentEndpoints,
    powerpackEndpoints,
    alphanumericEndpoints,
    reviewEndpoints,
    namedMemberEndpoints,
    careEndpoints,
    keywordEndpoints,
    optOutEndpoints,
    poolEndpoints,
    drainEndpoints,
    regionEndpoints,
    sendingEndpoints,
    stickyEndpoints,
    routingEndpoints,
    backupEndpoints,
    mainAccountEndpoints,
    seedEndpoints,
    snapshotEndpoints,
    webhookEndpoints,
    webhookUrlEndpoints,
  ]
    .flatMap((module) => Object.entries<Endpoint>(module))
    .map(([name, endpoint]) => [endpoint, name.replace(/Endpoint$/, '')]),
);

const schemaNames = new Map(
  [
    { Changed, Success, PageMeta },
    ...[
      accountWire,
      apiKeyWire,
      simulatorWire,
      eventWire,
      findWire,
      applicationWire,
      brandWire,
      campaignWire,
      campaignNumberWire,
      campaignUsageWire,
      mediaWire,
      messageWire,
      waitingWire,
      explainWire,
      conversationWire,
      trafficWire,
      demandWire,
      failureWire,
      numberWire,
      importWire,
      auditWire,
      requestWire,
      incidentWire,
      powerpackWire,
      alphanumericWire,
      namedMemberWire,
      careWire,
      deletionWire,
      webhookWire,
      webhookUrlWire,
      keywordWire,
      optOutWire,
      poolWire,
      drainWire,
      regionWire,
      sendingWire,
      stickyWire,
      routingWire,
      backupWire,
      mainAccountWire,
      seedWire,
      snapshotWire,
    ],
  ]
    .flatMap((module) => Object.entries<unknown>(module))
    .filter(([, value]) => typeof value === 'object')
    .map(([name, schema]) => [JSON.stringify(schema), name.replace(/Body$/, '')]),
);

/** Returns the `operationId` of an endpoint: `createPowerpack` for `createPowerpackEndpoint`. */
export function operationName(endpoint: Endpoint): string {
  const name = endpointNames.get(endpoint);
  if (name === undefined) throw new Error(`An endpoint has no name: ${endpoint.summary}.`);
  return name;
}

/**
 * Returns the name of a wire schema: `Powerpack` for `PowerpackBody`. Undefined for those that are not exported. Schemas are
 * compared by content, because TypeBox copies them (`Type.Optional`).
 */
export function schemaName(schema: object): string | undefined {
  return schemaNames.get(JSON.stringify(schema));
}
