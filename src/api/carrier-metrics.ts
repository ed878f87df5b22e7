// Prometheus metrics of the carriers of this process.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { CarrierStatus } from '../carriers/carrier.ts';

/** A carrier as metrics see it. */
export interface MeasuredCarrier {
  readonly name: string;
  status(): CarrierStatus;
}

interface CarrierMetric {
  readonly name: string;
  readonly help: string;
  readonly Type: typeof Gauge<string> | typeof Counter<string>;
}

/** A metric with one value of a carrier, or none. */
interface SingleMetric extends CarrierMetric {
  readonly read: (status: CarrierStatus) => number | undefined;
}

/** A metric with the values of a carrier by one more label. */
interface LabelledMetric extends CarrierMetric {
  readonly label: string;
  readonly read: (status: CarrierStatus) => Iterable<readonly [label: string, value: number]>;
}

const metrics: readonly (SingleMetric | LabelledMetric)[] = [
  {
    Type: Gauge,
    name: 'rucksack_carrier_up',
    help: 'Whether the carrier takes messages from this process: 1 or 0.',
    read: ({ state }) => (state === 'up' ? 1 : 0),
  },
  {
    Type: Gauge,
    name: 'rucksack_carrier_room',
    help: 'Segments that the carrier would take from this process now.',
    read: ({ room }) => room,
  },
  {
    Type: Gauge,
    name: 'rucksack_carrier_binds',
    help: 'Connections of the carrier in this process, by state.',
    label: 'state',
    read: ({ links = [] }) => links.map(({ state }) => [state, 1]),
  },
  {
    Type: Gauge,
    name: 'rucksack_carrier_unanswered',
    help: 'Messages on the connections of the carrier in this process that are not answered.',
    read: ({ links = [] }) =>
      links.length === 0 ? undefined : links.reduce((sum, { unanswered }) => sum + unanswered, 0),
  },
  {
    Type: Gauge,
    name: 'rucksack_carrier_unanswered_since_seconds',
    help: 'When the oldest message that is not answered was handed to the carrier, in seconds since 1970; absent without any.',
    read({ links = [] }) {
      const times = links.flatMap(({ unansweredSince }) => unansweredSince?.getTime() ?? []);
      return times.length === 0 ? undefined : Math.min(...times) / 1000;
    },
  },
  {
    Type: Gauge,
    name: 'rucksack_carrier_rate',
    help: 'Segments a second that the carrier takes from this process now; absent where there is no limit.',
    read: ({ rate }) => rate,
  },
  {
    Type: Counter,
    name: 'rucksack_carrier_throttled_seconds_total',
    help: 'Seconds for which this process has submitted nothing because the carrier asked to slow down.',
    read: ({ throttledMs = 0 }) => throttledMs / 1000,
  },
  {
    Type: Counter,
    name: 'rucksack_carrier_answers_total',
    help: 'Answers of the carrier other than yes, by its own codes.',
    label: 'code',
    read: ({ answers = {} }) => Object.entries(answers),
  },
  {
    Type: Gauge,
    name: 'rucksack_carrier_warning',
    help: 'What is wrong with the carrier while it is up, its names of messages or the types of addresses: 1 while it holds.',
    label: 'warning',
    read: ({ warnings = [] }) => warnings.map((warning) => [warning, 1]),
  },
  {
    Type: Gauge,
    name: 'rucksack_carrier_name_rule',
    help: 'How names in reports differ from those that the carrier gave, where that is set or learned: 1.',
    label: 'rule',
    read: ({ nameRule }) => (nameRule === undefined ? [] : [[nameRule, 1]]),
  },
  {
    Type: Counter,
    name: 'rucksack_carrier_events_total',
    help: 'Messages submitted, failures by kind, reports and messages in, by carrier.',
    label: 'event',
    read: ({ counts }) => Object.entries(counts),
  },
];

/**
 * Adds metrics of carriers to a registry. They are read when Prometheus asks.
 * @param carriers returns those that run at that moment.
 */
export function addCarrierMetrics(registry: Registry, carriers: () => Iterable<MeasuredCarrier>): void {
  for (const metric of metrics) {
    const { Type, name, help } = metric;
    const labelNames = ['carrier', ...('label' in metric ? [metric.label] : [])];
    const meter = new Type({
      name,
      help,
      labelNames,
      registers: [registry],
      collect() {
        meter.reset();
        for (const carrier of carriers()) addValues(meter, metric, carrier);
      },
    });
  }
}

function addValues(
  meter: Gauge<string> | Counter<string>,
  metric: SingleMetric | LabelledMetric,
  carrier: MeasuredCarrier,
): void {
  if ('label' in metric) {
    const values = metric.read(carrier.status());
    for (const [label, value] of values) meter.inc({ carrier: carrier.name, [metric.label]: label }, value);
    return;
  }
  const value = metric.read(carrier.status());
  if (value !== undefined) meter.inc({ carrier: carrier.name }, value);
}
