// The description: its names, its completeness, its samples.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeAnswerCheck } from '../../../test/support/answer-check.ts';
import type { Parameters } from '../../http/body.ts';
import { parameterReader } from '../../http/parameters.ts';
import { routes } from '../routes.ts';
import type { Operation } from './description.ts';
import { describeApi, publishedPath } from './openapi.ts';

const description = describeApi(routes, '1.2.3', 'https://sms.example.net');

const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** The names that generated clients are made of: changing one breaks them. */
const names = `
DELETE 10dlc/Brand/{brand_id}/ deleteBrand
DELETE 10dlc/Campaign/{campaign_id}/ deleteCampaign
DELETE 10dlc/Campaign/{campaign_id}/Number/{number}/ unlinkNumber
DELETE AlphanumericSender/{name}/ deleteAlphanumeric extension
DELETE Application/{app_id}/ deleteApplication
DELETE Carrier/{carrier_name}/ deleteCarrier extension
DELETE Key/{key_id}/ deleteApiKey extension
DELETE Message/{message_uuid}/Media/ deleteMessageMedia
DELETE Number/{number}/ unrentNumber
DELETE NumberPool/{number_pool_uuid}/AlphanumericSender/{name}/ removePoolAlphanumeric extension
DELETE NumberPool/{number_pool_uuid}/Number/{number}/ removePoolNumber
DELETE NumberPool/{number_pool_uuid}/Shortcode/{shortcode}/ removePoolShortcode
DELETE NumberPool/{number_pool_uuid}/Tollfree/{number}/ removePoolTollfree
DELETE OptOut/{destination}/ removeOptOuts extension
DELETE Powerpack/{powerpack_uuid}/ deletePowerpack
DELETE Powerpack/{powerpack_uuid}/Keywords/ resetKeywords extension
DELETE Powerpack/{powerpack_uuid}/Sticky/ resetStickySenders extension
DELETE Powerpack/{powerpack_uuid}/Sticky/{destination}/ resetStickySender extension
DELETE Route/{route_id}/ deleteRoute extension
DELETE Simulator/Rule/ resetSimulatorRules extension
DELETE Snapshot/{snapshot_name}/ deleteSnapshot extension
DELETE Subaccount/{subaccount_id}/ deleteSubaccount
GET / getAccount
GET 10dlc/Brand/ listBrands
GET 10dlc/Brand/{brand_id}/ getBrand
GET 10dlc/Campaign/ listCampaigns
GET 10dlc/Campaign/{campaign_id}/ getCampaign
GET 10dlc/Campaign/{campaign_id}/Number/ listCampaignNumbers
GET 10dlc/Campaign/{campaign_id}/Number/{number}/ getCampaignNumber
GET AlphanumericReview/ listAlphanumericReviews extension
GET AlphanumericSender/ listAlphanumeric extension
GET AlphanumericSender/{name}/ getAlphanumeric extension
GET Application/ listApplications
GET Application/{app_id}/ getApplication
GET Audit/ listAudit extension
GET Carrier/ listCarriers extension
GET Carrier/{carrier_name}/ getCarrier extension
GET Conversation/ listConversations extension
GET Conversation/{number}/ listConversation extension
GET Event/ streamEvents extension
GET Failure/ countFailures extension
GET Find/ find extension
GET Incident/ listIncidents extension
GET Key/ listApiKeys extension
GET Key/{key_id}/ getApiKey extension
GET MainAccount/ listMainAccounts extension
GET Media/ listMedia
GET Media/{media_id}/ getMedia
GET Message/ listMessages
GET Message/Count/ countMessages extension
GET Message/Scheduled/ listScheduled extension
GET Message/{message_uuid}/ getMessage
GET Message/{message_uuid}/Explain/ explainMessage extension
GET Message/{message_uuid}/Media/ listMessageMedia
GET Message/{message_uuid}/Media/{media_id}/ getMessageMedium
GET Number/ listNumbers
GET Number/{number}/ getNumber
GET Number/{number}/Health/ getNumberHealth extension
GET NumberPool/{number_pool_uuid}/ getPool
GET NumberPool/{number_pool_uuid}/AlphanumericSender/ listPoolAlphanumeric extension
GET NumberPool/{number_pool_uuid}/Number/ listPoolNumbers
GET NumberPool/{number_pool_uuid}/Number/{number}/ findPoolNumber
GET NumberPool/{number_pool_uuid}/Shortcode/ listPoolShortcodes
GET NumberPool/{number_pool_uuid}/Shortcode/{shortcode}/ findPoolShortcode
GET NumberPool/{number_pool_uuid}/Tollfree/ listPoolTollfree
GET NumberPool/{number_pool_uuid}/Tollfree/{number}/ findPoolTollfree
GET OptOut/ listOptOuts extension
GET OptOut/Export/ exportOptOuts extension
GET OptOut/{destination}/ getOptOut extension
GET OptOut/{destination}/History/ listOptOutHistory extension
GET PhoneNumber/ searchPhoneNumbers
GET Powerpack/ listPowerpacks
GET Powerpack/Deleted/ listDeletedPowerpacks extension
GET Powerpack/{powerpack_uuid}/ getPowerpack
GET Powerpack/{powerpack_uuid}/DeletePlan/ planDeletion extension
GET Powerpack/{powerpack_uuid}/Demand/ listDemand extension
GET Powerpack/{powerpack_uuid}/Keywords/ getKeywords extension
GET Powerpack/{powerpack_uuid}/Queue/ listQueues extension
GET Powerpack/{powerpack_uuid}/Redistribution/ planRedistribution extension
GET Powerpack/{powerpack_uuid}/Refresh/ planRefresh extension
GET Powerpack/{powerpack_uuid}/Region/ listPoolRegions extension
GET Powerpack/{powerpack_uuid}/Sticky/ listStickySenders extension
GET Powerpack/{powerpack_uuid}/Sticky/{destination}/ findStickySender extension
GET Pricing/ getPricing
GET Queue/ listPowerpackQueues extension
GET Request/ listRequests extension
GET Route/ listRoutes extension
GET Route/{route_id}/ getRoute extension
GET Simulator/Clock/ getClock extension
GET Simulator/Rule/ listSimulatorRules extension
GET Simulator/Submission/ listSimulatorSubmissions extension
GET Snapshot/ listSnapshots extension
GET Subaccount/ listSubaccounts
GET Subaccount/{subaccount_id}/ getSubaccount
GET Traffic/ countTraffic extension
GET Webhook/ listWebhooks extension
GET Webhook/Failed/ listFailedWebhooks extension
GET Webhook/Url/ listWebhookUrls extension
GET Webhook/{webhook_uuid}/ getWebhook extension
POST / updateAccount
POST 10dlc/Brand/ createBrand
POST 10dlc/Brand/{brand_id}/ updateBrand extension
POST 10dlc/Campaign/ createCampaign
POST 10dlc/Campaign/Import/ importCampaign
POST 10dlc/Campaign/{campaign_id}/ updateCampaign
POST 10dlc/Campaign/{campaign_id}/Number/ linkNumbers
POST AlphanumericReview/{alphanumeric_uuid}/ decideOnAlphanumeric extension
POST AlphanumericSender/ requestAlphanumeric extension
POST Application/ createApplication
POST Application/{app_id}/ updateApplication
POST Carrier/ createCarrier extension
POST Carrier/{carrier_name}/ updateCarrier extension
POST Carrier/{carrier_name}/Drain/ drainCarrier extension
POST Carrier/{carrier_name}/Resume/ resumeCarrier extension
POST Carrier/{carrier_name}/Test/ testCarrier extension
POST DatabaseCopy/ copyDatabase extension
POST Import/ importResources extension
POST Import/Check/ checkImport extension
POST Key/ createApiKey extension
POST MainAccount/ createMainAccount extension
POST Media/ uploadMedia
POST Message/ sendMessage
POST Message/Cancel/ cancelMessages extension
POST Message/{message_uuid}/Cancel/ cancelMessage extension
POST Number/ addNumbers
POST Number/{number}/ updateNumber
POST NumberPool/{number_pool_uuid}/AlphanumericSender/{name}/ addPoolAlphanumeric extension
POST NumberPool/{number_pool_uuid}/Number/ addPoolNumbers extension
POST NumberPool/{number_pool_uuid}/Number/{number}/ addPoolNumber
POST NumberPool/{number_pool_uuid}/Number/{number}/Drain/ drainNumber extension
POST NumberPool/{number_pool_uuid}/Number/{number}/Resume/ resumeNumber extension
POST NumberPool/{number_pool_uuid}/Shortcode/{shortcode}/ addPoolShortcode extension
POST NumberPool/{number_pool_uuid}/Tollfree/{number}/ addPoolTollfree
POST OptOut/ addOptOuts extension
POST OptOut/Check/ checkOptOuts extension
POST OptOut/Import/ importOptOuts extension
POST PhoneNumber/{number}/ rentPhoneNumber
POST Powerpack/ createPowerpack
POST Powerpack/{powerpack_uuid}/ updatePowerpack
POST Powerpack/{powerpack_uuid}/Explain/ explainSender extension
POST Powerpack/{powerpack_uuid}/Keywords/ updateKeywords extension
POST Powerpack/{powerpack_uuid}/Redistribution/ redistribute extension
POST Powerpack/{powerpack_uuid}/Refresh/ refreshPool extension
POST Powerpack/{powerpack_uuid}/Restore/ restorePowerpack extension
POST Powerpack/{powerpack_uuid}/Sticky/{destination}/ pinStickySender extension
POST Reset/ resetAccount extension
POST Route/ createRoute extension
POST Route/{route_id}/ updateRoute extension
POST Seed/ seedAccount extension
POST Simulator/Clock/ turnClock extension
POST Simulator/Handset/{number}/Message/ sendFromHandset extension
POST Simulator/Rule/ replaceSimulatorRules extension
POST Snapshot/ takeSnapshot extension
POST Snapshot/{snapshot_name}/Restore/ restoreSnapshot extension
POST Subaccount/ createSubaccount
POST Subaccount/{subaccount_id}/ updateSubaccount
POST Token/ rotateToken extension
POST Webhook/Failed/Replay/ replayFailedWebhooks extension
POST Webhook/Url/Pause/ pauseWebhookUrl extension
POST Webhook/Url/Resume/ resumeWebhookUrl extension
POST Webhook/{webhook_uuid}/Replay/ replayWebhook extension
`;

test('every operation has its name', () => {
  const found = operations.map(({ path, method, operation }) => {
    const short = path.replace('/v1/Account/{auth_id}/', '') || '/';
    const mark = operation['x-extension'] === true ? ' extension' : '';
    return `${method.toUpperCase()} ${short} ${operation.operationId}${mark}`;
  });
  assert.deepEqual(found.sort(), names.trim().split('\n'));
});

test('every route is described, except the path of a single SDK without an account', () => {
  const described = routes.filter(({ method, path }) =>
    Object.hasOwn(description.paths[publishedPath(path)] ?? {}, method.toLowerCase()),
  );
  const left = routes.filter((route) => !described.includes(route));
  assert.deepEqual(
    left.map(({ method, path }) => `${method} ${path}`),
    ['GET /v1/PhoneNumber'],
  );
});

test('operations are filed under the resource in their path', () => {
  const counts = description.tags.map(({ name }) => [
    name,
    operations.filter(({ operation }) => operation.tags[0] === name).length,
  ]);
  assert.deepEqual(Object.fromEntries(counts), {
    Powerpack: 24,
    Queue: 1,
    NumberPool: 19,
    OptOut: 8,
    Message: 11,
    Conversation: 2,
    Traffic: 1,
    Failure: 1,
    Media: 3,
    Number: 6,
    '10dlc': 15,
    PhoneNumber: 2,
    Application: 5,
    Webhook: 8,
    Account: 11,
    Key: 4,
    Audit: 1,
    Find: 1,
    Request: 1,
    Incident: 1,
    Event: 1,
    Subaccount: 5,
    Pricing: 1,
    Carrier: 8,
    Route: 5,
    Simulator: 7,
    MainAccount: 2,
    DatabaseCopy: 1,
    Seed: 1,
    Reset: 1,
    Snapshot: 4,
  });
});

test('version and server are the given ones; without a server, paths are relative', () => {
  assert.equal(description.info.version, '1.2.3');
  assert.deepEqual(description.servers, [{ url: 'https://sms.example.net' }]);
  assert.deepEqual(describeApi(routes, '1.2.3', undefined).servers, [{ url: '/' }]);
});

test('nothing but JSON Schema is published, and every reference leads somewhere', () => {
  const text = JSON.stringify(description);
  for (const keyword of ['aliases', 'spellings', 'nullMeans', 'trim', 'expected', '~']) {
    assert.ok(!text.includes(`"${keyword}`), keyword);
  }
  for (const [, kind, name] of text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)) {
    const shelf = description.components[kind as 'schemas' | 'responses'];
    assert.ok(name !== undefined && Object.hasOwn(shelf, name), `${kind}/${name}`);
  }
});

test('the segments of a path are its parameters', () => {
  for (const { path, operation } of operations) {
    const segments = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    assert.deepEqual(
      described.map(({ name }) => name),
      segments,
    );
  }
});

test('parameters of GET are in the query, those of POST and DELETE in a JSON body', () => {
  const place = (operation: Operation | undefined) => ({
    query: operation?.parameters?.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    body: operation?.requestBody?.content['application/json']?.schema,
  });
  const powerpack = description.paths['/v1/Account/{auth_id}/Powerpack/{powerpack_uuid}/'];
  const list = description.paths['/v1/Account/{auth_id}/Powerpack/'];
  assert.deepEqual(place(list?.get), {
    query: ['limit', 'offset', 'name__contains', 'application_id'],
    body: undefined,
  });
  assert.deepEqual(place(list?.post), {
    query: [],
    body: { $ref: '#/components/schemas/CreatePowerpackInput' },
  });
  assert.deepEqual(place(powerpack?.delete), {
    query: [],
    body: { $ref: '#/components/schemas/DeletePowerpackInput' },
  });
});

test('files are in a multipart form, with a limit of its own', () => {
  const upload = description.paths['/v1/Account/{auth_id}/Media/']?.post;
  assert.deepEqual(upload?.requestBody, {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          required: ['file'],
          properties: {
            file: {
              type: 'array',
              description: '1 to 10 files of at most 2 MiB, all under this name.',
              maxItems: 10,
              items: { type: 'string', format: 'binary' },
            },
          },
        },
      },
    },
  });
  assert.deepEqual(upload?.responses['413'], { $ref: '#/components/responses/FilesTooLarge' });
});

describe('samples', () => {
  const checkAnswer = makeAnswerCheck(description);

  test('of answers fit the description', () => {
    for (const { path, method, operation } of operations) {
      for (const [status, response] of Object.entries(operation.responses)) {
        const content = 'content' in response ? response.content : undefined;
        const body = content?.['application/json'];
        if (body === undefined) continue;
        const text = JSON.stringify(body.example);
        checkAnswer({ method: method.toUpperCase(), target: path, status: Number(status), text });
      }
    }
  });

  test('of requests are accepted by the server unchanged', () => {
    for (const { method, path, endpoint } of routes) {
      const operation = description.paths[publishedPath(path)]?.[method.toLowerCase()];
      const example = operation?.requestBody?.content['application/json']?.example;
      if (example === undefined) continue;
      assert.deepEqual(parameterReader(endpoint.input)(example as Parameters), example);
    }
  });
});
