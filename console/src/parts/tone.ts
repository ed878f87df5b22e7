// How good or bad it is that something is told.
export type Tone = 'good' | 'bad' | 'warn' | 'info';
