// Troubles that carriers have, as rules at hand. Pure.
import { type Rule, standardRule } from './rule.ts';

interface Preset {
  readonly name: string;
  readonly about: string;
  readonly rule: Rule;
}

export const presets: readonly Preset[] = [
  {
    name: 'Everything fails',
    about: 'Every message is taken, and reported undelivered.',
    rule: { ...standardRule, report: 'undelivered' },
  },
  {
    name: 'One in three fails',
    about: 'A third of the messages is reported undelivered.',
    rule: { ...standardRule, share: 0.33, report: 'undelivered' },
  },
  {
    name: 'Lost reports',
    about: 'Messages are taken, and nothing is ever heard of them.',
    rule: { ...standardRule, report: 'lost' },
  },
  {
    name: 'Late reports',
    about: 'Reports come after ten minutes to an hour.',
    rule: { ...standardRule, delay_ms: [600_000, 3_600_000] },
  },
  {
    name: 'Doubled, hasty reports',
    about: 'Delivery reports arrive before the response to the submission, and twice.',
    rule: { ...standardRule, duplicates: 1, overtake: true },
  },
  {
    name: 'Throttled',
    about: 'The carrier takes one message a second and refuses the rest.',
    rule: { ...standardRule, throttle: 1 },
  },
  {
    name: 'Carrier down for 1 minute',
    about: 'At the next message the connection is lost for a minute.',
    rule: { ...standardRule, times: 1, submit: 'disconnected', report: 'lost', outage_ms: 60_000 },
  },
];
