// The settings of a powerpack, and the changes to them. Pure.
import type { components } from '../../../client/src/schema.ts';
import { entryInWords, isSameList, orderOf, type PriorityEntry, withOrder } from './number-priority.ts';

/** As the API returns it, and as a form has it. */
export type PowerpackSettings = Pick<
  components['schemas']['Powerpack'],
  | 'name'
  | 'sticky_sender'
  | 'local_connect'
  | 'application_id'
  | 'application_type'
  | 'number_priority'
  | 'alphanumeric_first'
  | 'smart_encoding'
  | 'opt_out_scope'
  | 'warm_up'
  | 'quiet_hours'
  | 'message_priority'
  | 'deletion_protection'
>;

type PowerpackChanges = components['schemas']['UpdatePowerpackInput'];

const priorities: readonly Pick<PriorityEntry, 'service_type' | 'country_iso'>[] = [
  { service_type: 'SMS', country_iso: 'US' },
  { service_type: 'MMS', country_iso: 'US' },
  { service_type: 'SMS', country_iso: 'CA' },
  { service_type: 'MMS', country_iso: 'CA' },
];

/** Those of a powerpack that is created with nothing but a name. */
export const defaultSettings: PowerpackSettings = {
  name: '',
  sticky_sender: true,
  local_connect: true,
  application_id: '',
  application_type: '',
  number_priority: priorities.map((list) => ({
    ...list,
    priority: { priority1: 'shortcode', priority2: 'longcode', priority3: 'tollfree' },
  })),
  alphanumeric_first: true,
  smart_encoding: false,
  opt_out_scope: 'powerpack',
  warm_up: [],
  quiet_hours: 'none',
  message_priority: 'transactional',
  deletion_protection: false,
};

const plainSettings = [
  'sticky_sender',
  'local_connect',
  'alphanumeric_first',
  'smart_encoding',
  'opt_out_scope',
  'quiet_hours',
  'message_priority',
  'deletion_protection',
] as const;

/** Returns the parameters to send: only those that differ. */
export function changesBetween(before: PowerpackSettings, after: PowerpackSettings): PowerpackChanges {
  const plain = plainSettings.filter((setting) => before[setting] !== after[setting]);
  const orders = after.number_priority.filter((entry) => !isAmong(entry, before.number_priority));
  return {
    ...(before.name !== after.name.trim() && { name: after.name.trim() }),
    ...Object.fromEntries(plain.map((setting) => [setting, after[setting]])),
    ...(before.application_id !== after.application_id && applicationToSend(after)),
    ...(before.warm_up.join() !== after.warm_up.join() && { warm_up: after.warm_up.join(',') || 'none' }),
    ...(orders.length > 0 && { number_priority: orders.map(orderToSend) }),
  };
}

const isAmong = (entry: PriorityEntry, entries: readonly PriorityEntry[]): boolean =>
  entries.some((other) => isSameList(entry, other) && orderOf(entry).join() === orderOf(other).join());

const applicationToSend = ({ application_id: id, application_type: type }: PowerpackSettings) =>
  id === '' || type === '' ? { application_id: 'none' } : { application_id: id, application_type: type };

const orderToSend = (entry: PriorityEntry) => ({
  ...entry,
  priority: Object.fromEntries(orderOf(entry).map((kind, index) => [`priority${index + 1}`, kind])),
});

/** Returns the settings with one list of the number priority in another order. */
export function withPriority(
  { number_priority: entries }: PowerpackSettings,
  entry: PriorityEntry,
  order: ReturnType<typeof orderOf>,
): Pick<PowerpackSettings, 'number_priority'> {
  return {
    number_priority: entries.map((other) => (isSameList(entry, other) ? withOrder(other, order) : other)),
  };
}

const inWords: Readonly<Partial<Record<keyof PowerpackChanges, string>>> = {
  name: 'name',
  sticky_sender: 'sticky sender',
  local_connect: 'local connect',
  application_id: 'application',
  alphanumeric_first: 'names first',
  smart_encoding: 'smart encoding',
  opt_out_scope: 'opt-out scope',
  warm_up: 'warm-up',
  quiet_hours: 'quiet hours',
  message_priority: 'priority of messages',
  deletion_protection: 'deletion protection',
};

/** Returns the names of the changed settings, as the form has them. */
export function changesInWords(changes: PowerpackChanges): readonly string[] {
  const settings = Object.keys(changes) as (keyof PowerpackChanges)[];
  return [
    ...settings.map((setting) => inWords[setting]).filter((words) => words !== undefined),
    ...(changes.number_priority ?? []).map((entry) => `priority for ${entryInWords(entry)}`),
  ];
}
