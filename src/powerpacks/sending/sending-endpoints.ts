// Endpoints of a powerpack's sending: dry runs and sender queues. Extensions.
import type { Settings } from '../../base/config.ts';
import { defineEndpoint } from '../../http/endpoint.ts';
import { sortingOf } from '../../http/order.ts';
import { listSchema, pageAnswer, pageOf } from '../../http/page.ts';
import type { Operating } from '../../routing/operating.ts';
import { queueOf } from '../queue-name.ts';
import { requirePowerpack } from '../require-powerpack.ts';
import { isHealthy, isJudged } from '../selection/limits.ts';
import { type EqualOutcomes, loadOutcomes, loadPoolOutcomes } from '../selection/load-store.ts';
import { countPowerpacks } from '../store.ts';
import { PowerpackPath, powerpackFilterFromWire } from '../wire.ts';
import { explainSender } from './explain-sender.ts';
import { countMemberQueues, listMemberQueues, listPowerpackQueues, summariseQueues } from './queue-store.ts';
import {
  dryRunFromWire,
  ExplainBody,
  ExplainInput,
  explanationToWire,
  ListPowerpackQueuesInput,
  ListQueuesInput,
  PowerpackQueueBody,
  powerpackQueueToWire,
  QueueBody,
  QueueSummary,
  queueFiltersFromWire,
  queueSummaryToWire,
  queueToWire,
} from './sending-wire.ts';

interface ExplainParts {
  readonly settings: Settings;
  readonly operating: Operating;
}

export const explainSenderEndpoint = defineEndpoint({
  summary: 'Explain who would send a message',
  role: 'read_only',
  description:
    'A dry run: names the sender, the rule that decides, what share of its messages arrives, how long the message would wait, and why each other member is passed over. Changes nothing.',
  extension: true,
  path: PowerpackPath,
  input: ExplainInput,
  announcesItself: true,
  answers: { 200: ExplainBody },
  async handle({ db, scope, path, input, now }, { settings, operating }: ExplainParts) {
    const dryRun = dryRunFromWire(input, scope.defaultCountry);
    const explanation = await explainSender(
      db,
      scope,
      path.powerpack_uuid,
      dryRun,
      now,
      settings,
      operating.hasSimulator,
    );
    return { status: 200, body: explanationToWire(dryRun, explanation, settings.limits, now) };
  },
});

export const listQueuesEndpoint = defineEndpoint({
  summary: "List the queues of a powerpack's members",
  description:
    'For each member where it is, how many messages wait, since when, when it is free next, what it sent today, its limits and its health; a summary of all members, whichever are listed. `order_by` puts all members in order, not only those of the page.',
  extension: true,
  path: PowerpackPath,
  input: ListQueuesInput,
  answers: { 200: listSchema(QueueBody, { summary: QueueSummary }) },
  async handle({ db, scope, path, input, now }, { settings }: { settings: Settings }) {
    const powerpack = await requirePowerpack(db, scope, path.powerpack_uuid);
    const page = pageOf(input);
    const filters = queueFiltersFromWire(input);
    const { limits } = settings;
    const [queues, total, pool] = await Promise.all([
      listMemberQueues(db, powerpack.poolUuid, filters, limits, now, page, sortingOf(input)),
      countMemberQueues(db, powerpack.poolUuid, filters, limits, now),
      summariseQueues(db, powerpack.poolUuid, now),
    ]);
    const outcomes = await loadOutcomes(db, queues.map(queueOf), now);
    const objects = queues.map((queue) => {
      const outcome = outcomes.get(queueOf(queue)) ?? { finished: 0, delivered: 0 };
      return queueToWire(queue, outcome, { limits, warmUp: powerpack.warmUp }, now);
    });
    const uri = `/v1/Account/${scope.accountId}/Powerpack/${powerpack.uuid}/Queue/`;
    const { status, body } = pageAnswer(uri, page, input, total, objects);
    return { status, body: { ...body, summary: queueSummaryToWire(pool, now) } };
  },
});

export const listPowerpackQueuesEndpoint = defineEndpoint({
  summary: 'List the queues of all powerpacks',
  description:
    'For each powerpack of the account what waits in the queues of its members, and how many of them are healthy; the summaries of `Powerpack/{powerpack_uuid}/Queue/` on one page, with the main settings. `order_by` puts all powerpacks in order, not only those of the page.',
  extension: true,
  input: ListPowerpackQueuesInput,
  answers: { 200: listSchema(PowerpackQueueBody) },
  async handle({ db, scope, input, now }, { settings }: { settings: Settings }) {
    const page = pageOf(input);
    const filter = powerpackFilterFromWire(input);
    const [queues, total] = await Promise.all([
      listPowerpackQueues(db, scope.accountId, filter, now, page, sortingOf(input)),
      countPowerpacks(db, scope.accountId, filter),
    ]);
    const outcomes = await loadPoolOutcomes(
      db,
      queues.map(({ poolUuid }) => poolUuid),
      now,
    );
    const judged = outcomes.filter((member) => isJudged(member, settings.limits));
    const objects = queues.map((powerpack) => {
      const own = judged.filter(({ poolUuid }) => poolUuid === powerpack.poolUuid);
      const unhealthy = own.filter((member) => !isHealthy(member, settings.limits));
      return powerpackQueueToWire(
        powerpack,
        { judged: membersOf(own), unhealthy: membersOf(unhealthy) },
        now,
      );
    });
    return pageAnswer(`/v1/Account/${scope.accountId}/Queue/`, page, input, total, objects);
  },
});

const membersOf = (outcomes: readonly EqualOutcomes[]): number =>
  outcomes.reduce((sum, { members }) => sum + members, 0);
