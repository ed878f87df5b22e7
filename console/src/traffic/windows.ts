// The stretches of time that traffic can be looked at. Pure.

export interface TrafficWindow {
  /** In the address. */
  readonly id: string;
  readonly label: string;
  /** In a sentence: `12 messages in the last hour`. */
  readonly phrase: string;
  readonly by: 'minute' | 'hour' | 'day';
  /** Buckets up to now, the one that has just begun included. */
  readonly buckets: number;
}

const lastHour: TrafficWindow = {
  id: 'hour',
  label: 'Hour, by minute',
  phrase: 'in the last hour',
  by: 'minute',
  buckets: 60,
};

export const windows: readonly TrafficWindow[] = [
  lastHour,
  { id: 'day', label: 'Day, by hour', phrase: 'in the last 24 hours', by: 'hour', buckets: 24 },
  { id: 'week', label: 'Week, by hour', phrase: 'in the last 7 days', by: 'hour', buckets: 7 * 24 },
  { id: 'week-days', label: 'Week, by day', phrase: 'in the last 7 days', by: 'day', buckets: 7 },
  { id: 'quarter', label: '90 days, by day', phrase: 'in the last 90 days', by: 'day', buckets: 90 },
];

/** Returns the window of an address; the last hour when it names an unknown one. */
export const windowOf = (id: string | undefined): TrafficWindow =>
  windows.find((window) => window.id === id) ?? lastHour;
