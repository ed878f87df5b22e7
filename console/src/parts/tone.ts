// The tone of a notice: how good or bad its content is.
export type Tone = 'good' | 'bad' | 'warn' | 'info';
