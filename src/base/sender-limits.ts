// Sending limits of numbers, and how settings write them by kind of sender: "us-longcode=1/1,tollfree=25/2".

/** By kind ("tollfree"), or by country and kind ("us-longcode"). */
export type ByKind<Value> = ReadonlyMap<string, Value>;

/** Segments a second of each service; 0 is no limit. */
interface ServiceRates {
  readonly sms: number;
  readonly mms: number;
}

/** Sending limits of numbers, and when a pool prefers other numbers (semantics sections 2 and 3). */
export interface SenderLimits {
  readonly isPaced: boolean;
  readonly rates: ByKind<ServiceRates>;
  /** Segments a day (UTC) after which other numbers are preferred; 0, or no entry, is no limit. */
  readonly dailySegments: ByKind<number>;
  /** Finished messages that a number needs before its health is judged, and the percentage that must have been delivered. */
  readonly healthMessages: number;
  readonly healthDeliveredPercent: number;
}

const maxEntries = 100;
const maxFigure = 1_000_000;
const entryForm = /^((?:[a-z]{2}-)?(?:longcode|tollfree|shortcode|alphanumeric))=(.+)$/;

/** Reads a setting; returns `undefined` when it is malformed. The later of two values for one kind counts. */
export function readByKind<Value>(
  text: string,
  readFigure: (figure: string) => Value | undefined,
): ByKind<Value> | undefined {
  const figures = new Map<string, Value>();
  const entries = text.toLowerCase().split(',', maxEntries + 1);
  if (entries.length > maxEntries) return undefined;
  for (const entry of entries) {
    const [, kind = '', figure = ''] = entryForm.exec(entry.replaceAll(/\s/g, '')) ?? [];
    const value = readFigure(figure);
    if (kind === '' || value === undefined) return undefined;
    figures.set(kind, value);
  }
  return figures;
}

/** Reads "1/0.25": segments a second of SMS and of MMS. */
export function readServiceRates(text: string): ServiceRates | undefined {
  const [sms, mms, ...rest] = text.split('/').map(readRate);
  return sms === undefined || mms === undefined || rest.length > 0 ? undefined : { sms, mms };
}

function readRate(text: string): number | undefined {
  return /^\d{1,7}(\.\d{1,6})?$/.test(text) ? atMost(Number(text)) : undefined;
}

/** Reads "200": segments a day; 0 is no limit. */
export function readSegments(text: string): number | undefined {
  return /^\d{1,7}$/.test(text) ? atMost(Number(text)) : undefined;
}

const atMost = (figure: number): number | undefined => (figure <= maxFigure ? figure : undefined);
