// Incidents in words, and the way to what they concern. Pure.
import type { components } from '../../../client/src/schema.ts';
import { count, duration, sentence } from '../parts/format.ts';

type Incident = components['schemas']['Incident'];

export const kindWords: Readonly<Record<Incident['kind'], string>> = {
  carrier: 'Carrier down',
  error_code: 'Messages with one code',
  late_messages: 'Late messages',
  number: 'Sick number',
  webhook_url: 'Failing callbacks',
};

/** Returns what an incident was, as a sentence. */
export const incidentInWords = ({ sentence: words }: Pick<Incident, 'sentence'>): string => sentence(words);

/** Returns how long an incident has lasted, or did. */
export function lastedInWords(
  { began_at: start, ended_at: end }: Pick<Incident, 'began_at' | 'ended_at'>,
  nowMs: number,
): string {
  const endMs = end === null ? nowMs : new Date(end).getTime();
  return duration(Math.max(0, endMs - new Date(start).getTime()) / 1000);
}

/** Returns how many an incident concerned at its worst; nothing where they are not counted. */
export function affectedInWords({ affected, total }: Pick<Incident, 'affected' | 'total'>): string {
  if (total === 0) return '–';
  return affected === total ? count(affected) : `${count(affected)} of ${count(total)}`;
}

const second = (moment: string): string => moment.slice(0, 19).replace('T', ' ');

/** Returns the address of what an incident concerns, with the stretch of time where the page has one. */
export function incidentAddress({ kind, subject, began_at: start, ended_at: end }: Incident): string {
  switch (kind) {
    case 'carrier':
      return '/console/carriers';
    case 'error_code': {
      const until = end === null ? {} : { message_time__lt: second(end) };
      return `/console/messages?${new URLSearchParams({ error_code: subject, message_time__gte: second(start), ...until })}`;
    }
    case 'late_messages':
      return subject === '' ? '/console/messages?message_state=queued' : `/console/powerpacks/${subject}`;
    case 'number':
      return `/console/numbers/${subject}`;
    case 'webhook_url':
      return `/console/webhooks?${new URLSearchParams({ url: subject, outcome: 'failed' })}`;
  }
}
