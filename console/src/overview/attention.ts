// The problems to look at now, in sentences with links. Pure.
import { counted, duration, percent } from '../parts/format.ts';
import { finishedOf, type Outcomes } from '../traffic/sentences.ts';
import { longWaitSeconds, type QueueFigures, type Tone } from './health.ts';

interface NamedQueue extends QueueFigures {
  readonly powerpack_uuid: string;
  readonly name: string;
}

export interface Concern {
  readonly tone: Tone;
  readonly sentence: string;
  readonly href: string;
}

interface Situation {
  readonly powerpacks: readonly NamedQueue[];
  readonly lastHour: Outcomes;
  readonly failedCallbacks: { readonly callbacks: number; readonly hasMore: boolean };
}

/** A higher share of undelivered messages is more than chance; fewer messages say nothing. */
const alarmingShare = 0.1;
const minMessages = 10;

/** Returns the problems; an empty list is good news. */
export function concernsOf({ powerpacks, lastHour, failedCallbacks }: Situation): Concern[] {
  const concerns: Concern[] = [];
  const finished = finishedOf(lastHour);
  const lost = lastHour.undelivered + lastHour.failed;
  if (finished >= minMessages && lost > finished * alarmingShare) {
    const sentence = `${percent(lost / finished)} of the messages of the last hour did not arrive.`;
    concerns.push({ tone: 'bad', sentence, href: '/console/messages?message_direction=outbound&range=hour' });
  }
  if (failedCallbacks.callbacks > 0) {
    const callbacks = counted(failedCallbacks.callbacks, 'callback');
    const sentence = `${failedCallbacks.hasMore ? `More than ${callbacks}` : callbacks} failed for good in the last seven days.`;
    concerns.push({ tone: 'warn', sentence, href: '/console/webhooks?outcome=failed' });
  }
  return [...concerns, ...powerpacks.flatMap(concernsOfPowerpack)];
}

function concernsOfPowerpack(powerpack: NamedQueue): Concern[] {
  const { powerpack_uuid, name, members, healthy_members, oldest_age_seconds } = powerpack;
  const href = `/console/powerpacks/${powerpack_uuid}`;
  if (members === 0)
    return [{ tone: 'warn', href, sentence: `${name} has no members: nothing can be sent with it.` }];
  const concerns: Concern[] = [];
  if (healthy_members < members) {
    const unhealthy = members - healthy_members;
    const of = members === 1 ? 'The only member' : `${unhealthy} of ${counted(members, 'member')}`;
    const sentence = `${of} of ${name} ${unhealthy === 1 ? 'is' : 'are'} unhealthy: too few of the messages of the last day arrived.`;
    const tone = healthy_members === 0 ? 'bad' : 'warn';
    concerns.push({ tone, href: `${href}?health=unhealthy`, sentence });
  }
  if (oldest_age_seconds !== null && oldest_age_seconds >= longWaitSeconds) {
    const sentence = `A message of ${name} waits for ${duration(oldest_age_seconds)}: more numbers would send faster.`;
    concerns.push({ tone: 'warn', href, sentence });
  }
  return concerns;
}
