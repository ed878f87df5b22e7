// A rule of the simulator as a sentence. Pure.
import { count, counted, duration, percent } from '../parts/format.ts';
import type { Rule, Submit } from './rule.ts';

type Refusal = Exclude<Submit, 'accept' | 'unanswered' | 'lost_in_flight' | 'disconnected'>;

const refusals: Readonly<Record<Refusal, string>> = {
  throttled: 'are throttled',
  carrier_fault: 'fail temporarily',
  misconfigured: 'wait, because the account is rejected',
  no_credit: 'wait, because the account has no credit',
  invalid_message: 'are refused as invalid',
  spam: 'are refused as spam',
  invalid_sender: 'are refused for their sender',
  invalid_destination: 'are refused for their destination',
  unavailable: 'are refused, because the handset is unavailable',
  no_route: 'are refused, because there is no route',
  prohibited: 'are refused as prohibited',
  too_long: 'are refused as too long',
  opted_out: 'are refused as opted out at the carrier',
  country_barred: 'are refused for their country',
  unknown: 'are refused without a reason',
};

/** Returns a rule as a sentence: `30% of the SMS to 1415* are accepted and reported as delivered after 100 ms.` */
export function ruleInWords(rule: Rule): string {
  return `${subjectOf(rule)} ${outcomeOf(rule)}${limitsOf(rule)}.`;
}

function subjectOf({ match, share }: Rule): string {
  const noun = match.service === undefined ? 'messages' : match.service === 'sms' ? 'SMS' : 'MMS';
  const conditions = [
    match.destination === undefined ? '' : ` to ${match.destination}`,
    match.sender === undefined ? '' : ` from ${match.sender}`,
    match.text === undefined ? '' : ` with “${match.text}” in the text`,
  ].join('');
  return share < 1 ? `${percent(share)} of the ${noun}${conditions}` : `All ${noun}${conditions}`;
}

function outcomeOf(rule: Rule): string {
  const { submit } = rule;
  if (submit === 'accept') return `are accepted and ${reportOf(rule)}`;
  if (submit === 'unanswered') return `are taken without a response${lateOf(rule)} and ${reportOf(rule)}`;
  if (submit === 'lost_in_flight')
    return `are taken as the connection ends${lateOf(rule)}, and ${reportOf(rule)}`;
  if (submit !== 'disconnected') return `${refusals[submit]}${partsOf(rule)}`;
  return rule.outage_ms === 0
    ? 'lose their connection'
    : `cut the connection for ${duration(rule.outage_ms / 1000)}`;
}

function lateOf({ late_ms }: Rule): string {
  return late_ms === 0 ? '' : ` (it comes after ${duration(late_ms / 1000)})`;
}

function partsOf({ parts_taken }: Rule): string {
  return parts_taken === 0
    ? ''
    : ` once ${counted(parts_taken, 'part')} ${parts_taken === 1 ? 'is' : 'are'} accepted`;
}

function reportOf(rule: Rule): string {
  const { report, error_code, delay_ms, duplicates, overtake } = rule;
  if (report === 'lost') return 'never reported';
  const outcome = report === 'delivered' ? 'delivered' : `undelivered (code ${error_code})`;
  const when = overtake ? 'before the response' : `after ${delayOf(delay_ms)}`;
  const often = duplicates === 0 ? '' : `, ${counted(duplicates + 1, 'time')}`;
  return `reported as ${outcome} ${when}${often}${rule.in_parts ? ', part by part' : ''}`;
}

function delayOf([least = 0, most = least]: readonly number[]): string {
  if (least === most) return duration(least / 1000);
  return `${duration(least / 1000)} to ${duration(most / 1000)}`;
}

function limitsOf({ times, throttle }: Rule): string {
  return [
    throttle === null ? '' : `; at most ${count(throttle)} a second, the rest is throttled`,
    times === null ? '' : `; ${times === 1 ? 'the next one only' : `the next ${count(times)} only`}`,
  ].join('');
}
