// The problems to look at now, in sentences with links: the open incidents, and what is none. Pure.
import type { components } from '../../../client/src/schema.ts';
import { incidentAddress, incidentInWords } from '../incidents/incident-words.ts';
import { counted, duration, percent } from '../parts/format.ts';
import { finishedOf, type Outcomes } from '../traffic/sentences.ts';
import { healthOf, longWaitSeconds, type QueueFigures, type Tone } from './health.ts';

type Incident = components['schemas']['Incident'];

interface NamedQueue extends QueueFigures {
  readonly powerpack_uuid: string;
  readonly name: string;
}

export interface Concern {
  readonly tone: Tone;
  readonly sentence: string;
  readonly href: string;
}

/** The newest open incidents, and whether there are more. */
export interface OpenIncidents {
  readonly newest: readonly Incident[];
  readonly hasMore: boolean;
}

export interface Situation {
  readonly powerpacks: readonly NamedQueue[];
  readonly lastHour: Outcomes;
  readonly failedCallbacks: { readonly callbacks: number; readonly hasMore: boolean };
  /** Undefined for a subaccount, which has no incidents: its figures tell what is wrong. */
  readonly incidents: OpenIncidents | undefined;
}

/** A higher share of undelivered messages is more than chance; fewer messages say nothing. */
const alarmingShare = 0.1;
const minMessages = 10;

/** Returns the problems; an empty list is good news. */
export function concernsOf(situation: Situation): Concern[] {
  const { powerpacks, failedCallbacks, incidents } = situation;
  return [
    ...(incidents === undefined ? troublesIn(situation) : concernsOfIncidents(incidents)),
    ...concernsOfCallbacks(failedCallbacks),
    ...powerpacks.filter(({ members }) => members === 0).map(concernOfEmpty),
  ];
}

function concernsOfIncidents({ newest, hasMore }: OpenIncidents): Concern[] {
  const concerns = newest.map((incident): Concern => {
    return { tone: 'bad', sentence: incidentInWords(incident), href: incidentAddress(incident) };
  });
  const more: Concern = { tone: 'bad', sentence: 'There are more incidents.', href: '/console/incidents' };
  return hasMore ? [...concerns, more] : concerns;
}

function concernsOfCallbacks({ callbacks, hasMore }: Situation['failedCallbacks']): Concern[] {
  if (callbacks === 0) return [];
  const failed = counted(callbacks, 'callback');
  const sentence = `${hasMore ? `More than ${failed}` : failed} failed for good in the last seven days.`;
  return [{ tone: 'warn', sentence, href: '/console/webhooks?outcome=failed' }];
}

const addressOf = ({ powerpack_uuid: uuid }: NamedQueue): string => `/console/powerpacks/${uuid}`;

const concernOfEmpty = (powerpack: NamedQueue): Concern => ({
  tone: healthOf(powerpack).tone,
  sentence: `${powerpack.name} has no members: nothing can be sent with it.`,
  href: addressOf(powerpack),
});

/** Returns what a subaccount's figures say of what is an incident of a main account. */
function troublesIn({ powerpacks, lastHour }: Situation): Concern[] {
  const concerns: Concern[] = [];
  const finished = finishedOf(lastHour);
  const lost = lastHour.undelivered + lastHour.failed;
  if (finished >= minMessages && lost > finished * alarmingShare) {
    const sentence = `${percent(lost / finished)} of the messages of the last hour did not arrive.`;
    concerns.push({ tone: 'bad', sentence, href: '/console/messages?message_direction=outbound&range=hour' });
  }
  return [...concerns, ...powerpacks.flatMap(troublesOfPowerpack)];
}

function troublesOfPowerpack(powerpack: NamedQueue): Concern[] {
  const { name, members, healthy_members, oldest_age_seconds } = powerpack;
  const { tone } = healthOf(powerpack);
  const href = addressOf(powerpack);
  const concerns: Concern[] = [];
  if (healthy_members < members) {
    const unhealthy = members - healthy_members;
    const of = members === 1 ? 'The only member' : `${unhealthy} of ${counted(members, 'member')}`;
    const sentence = `${of} of ${name} ${unhealthy === 1 ? 'is' : 'are'} unhealthy: too few of the messages of the last day arrived.`;
    concerns.push({ tone, href: `${href}?health=unhealthy`, sentence });
  }
  if (members > 0 && oldest_age_seconds !== null && oldest_age_seconds >= longWaitSeconds) {
    const sentence = `A message of ${name} waits for ${duration(oldest_age_seconds)}: more numbers would send faster.`;
    concerns.push({ tone: 'warn', href, sentence });
  }
  return concerns;
}
