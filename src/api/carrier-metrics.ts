// Prometheus metrics of the carriers of this process.
import { Counter, Gauge, type Registry } from 'prom-client';
import type { CarrierStatus } from '../carriers/carrier.ts';

/** A carrier as metrics see it. */
export interface MeasuredCarrier {
  readonly name: string;
  status(): CarrierStatus;
}

/**
 * Adds metrics of carriers to a registry. They are read when Prometheus asks.
 * @param carriers returns those that run at that moment.
 */
export function addCarrierMetrics(registry: Registry, carriers: () => Iterable<MeasuredCarrier>): void {
  const registers = [registry];
  new Gauge({
    name: 'rucksack_carrier_up',
    help: 'Whether the carrier takes messages from this process: 1 or 0.',
    labelNames: ['carrier'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        this.set({ carrier: carrier.name }, carrier.status().state === 'up' ? 1 : 0);
      }
    },
  });
  new Gauge({
    name: 'rucksack_carrier_room',
    help: 'Segments that the carrier would take from this process now.',
    labelNames: ['carrier'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) this.set({ carrier: carrier.name }, carrier.status().room);
    },
  });
  new Gauge({
    name: 'rucksack_carrier_binds',
    help: 'Connections of the carrier in this process, by state.',
    labelNames: ['carrier', 'state'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        for (const { state } of carrier.status().links ?? []) this.inc({ carrier: carrier.name, state });
      }
    },
  });
  new Gauge({
    name: 'rucksack_carrier_unanswered',
    help: 'Messages on the connections of the carrier in this process that are not answered.',
    labelNames: ['carrier'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        for (const { unanswered } of carrier.status().links ?? [])
          this.inc({ carrier: carrier.name }, unanswered);
      }
    },
  });
  new Gauge({
    name: 'rucksack_carrier_unanswered_since_seconds',
    help: 'When the oldest message that is not answered was handed to the carrier, in seconds since 1970; absent without any.',
    labelNames: ['carrier'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        const times = (carrier.status().links ?? []).flatMap(
          ({ unansweredSince }) => unansweredSince?.getTime() ?? [],
        );
        if (times.length > 0) this.set({ carrier: carrier.name }, Math.min(...times) / 1000);
      }
    },
  });
  new Gauge({
    name: 'rucksack_carrier_rate',
    help: 'Segments a second that the carrier takes from this process now; absent where there is no limit.',
    labelNames: ['carrier'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        const { rate } = carrier.status();
        if (rate !== undefined) this.set({ carrier: carrier.name }, rate);
      }
    },
  });
  new Counter({
    name: 'rucksack_carrier_throttled_seconds_total',
    help: 'Seconds that this process has paused because the carrier asked to slow down.',
    labelNames: ['carrier'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        this.inc({ carrier: carrier.name }, (carrier.status().throttledMs ?? 0) / 1000);
      }
    },
  });
  new Counter({
    name: 'rucksack_carrier_answers_total',
    help: 'Answers of the carrier other than yes, by its own codes.',
    labelNames: ['carrier', 'code'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        for (const [code, count] of Object.entries(carrier.status().answers ?? {})) {
          this.inc({ carrier: carrier.name, code }, count);
        }
      }
    },
  });
  new Gauge({
    name: 'rucksack_carrier_warning',
    help: 'What keeps reports of the carrier from their messages: 1 while it holds.',
    labelNames: ['carrier', 'warning'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        for (const warning of carrier.status().warnings ?? [])
          this.set({ carrier: carrier.name, warning }, 1);
      }
    },
  });
  new Gauge({
    name: 'rucksack_carrier_name_rule',
    help: 'How names in reports differ from those that the carrier gave, where that is set or learned: 1.',
    labelNames: ['carrier', 'rule'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        const rule = carrier.status().nameRule;
        if (rule !== undefined) this.set({ carrier: carrier.name, rule }, 1);
      }
    },
  });
  new Counter({
    name: 'rucksack_carrier_events_total',
    help: 'Messages submitted, failures by kind, reports and messages in, by carrier.',
    labelNames: ['carrier', 'event'],
    registers,
    collect() {
      this.reset();
      for (const carrier of carriers()) {
        for (const [event, count] of Object.entries(carrier.status().counts)) {
          this.inc({ carrier: carrier.name, event }, count);
        }
      }
    },
  });
}
