// The timeline of a message: steps, of which the later ones may still be open. Pure.
import { sentence } from '../parts/format.ts';
import { errorInWords } from './error-words.ts';
import { isoTime } from './message-time.ts';

/** Done; under way; open; failed. */
export type StepState = 'done' | 'current' | 'open' | 'bad';

export interface Step {
  readonly name: string;
  readonly state: StepState;
  /** ISO 8601; absent while it has not happened. */
  readonly time?: string | undefined;
  readonly detail?: string | undefined;
}

export interface TimelineMessage {
  readonly message_direction: 'inbound' | 'outbound';
  readonly message_state: string;
  readonly message_time: string;
  readonly message_sent_time: string;
  readonly message_updated_time: string;
  readonly from_number: string;
  readonly error_code: string | null;
  readonly error_message: string;
}

export interface TimelineExplanation {
  readonly rule: string | null;
  readonly explanation: string;
  readonly wait_seconds: number | null;
  readonly history: readonly { readonly time: string; readonly event: string; readonly detail: string }[];
}

export interface TimelineWebhook {
  readonly outcome: 'pending' | 'delivered' | 'failed';
}

/** Returns the steps of a message, the earliest first. */
export function timelineOf(
  message: TimelineMessage,
  explanation: TimelineExplanation,
  webhooks: readonly TimelineWebhook[],
): readonly Step[] {
  const callbacks = callbackStep(message, webhooks);
  if (message.message_direction === 'inbound') {
    return [receivedStep(message), ...eventSteps(explanation), ...callbacks];
  }
  return [
    { name: 'Accepted', state: 'done', time: isoTime(message.message_time) },
    {
      name: explanation.rule === null ? 'Number given' : 'Number chosen',
      state: 'done',
      detail: explanation.explanation,
    },
    ...scheduleStep(message, explanation),
    ...eventSteps(explanation),
    ...submittedStep(message, explanation),
    reportStep(message),
    ...callbacks,
  ];
}

const isOver = ({ message_state: state }: TimelineMessage): boolean => state !== 'queued' && state !== 'sent';

/** Returns whether the message waits for its number to be free. */
const isWaiting = ({ message_state: state }: TimelineMessage, wait: number): boolean =>
  state === 'queued' && wait > 0;

const receivedStep = (message: TimelineMessage): Step => ({
  name: 'Received',
  state: 'done',
  time: isoTime(message.message_time),
});

/** Returns the step of the send slot. A message that was blocked never got one. */
function scheduleStep(message: TimelineMessage, { wait_seconds: wait }: TimelineExplanation): Step[] {
  if (wait === null) return [];
  const accepted = new Date(isoTime(message.message_time) ?? 0);
  const due = new Date(accepted.getTime() + wait * 1000);
  return [
    {
      name: 'Scheduled',
      state: isWaiting(message, wait) ? 'current' : 'done',
      time: due.toISOString(),
      detail: wait === 0 ? 'The number was free at once.' : 'When the number is free, at its rate.',
    },
  ];
}

/** The names of unusual events, by their kind. */
export const eventNames: Readonly<Record<string, string>> = {
  scheduled: 'Waits for its moment',
  deferred: 'Deferred',
  repeated: 'Submitted again',
  doubtful: 'Outcome of an attempt unknown',
  late: 'Late response of the carrier',
  report: 'Report of the carrier',
  answer: 'Reply of the application',
  content: 'Content that is no text',
  incomplete: 'Parts are missing',
  failed: 'Given up',
};

/** Returns the steps for unusual events. The end of a failed message has the same name but no detail of its own: it is the report. */
function eventSteps({ history }: TimelineExplanation): Step[] {
  return history.flatMap(({ time, event, detail }, index) => {
    const name = eventNames[event];
    const isEnd = event === 'failed' && index === history.findLastIndex((one) => one.event === 'failed');
    if (name === undefined || isEnd) return [];
    return [
      {
        name,
        state: event === 'failed' ? 'bad' : 'done',
        time: isoTime(time),
        detail: sentence(detail),
      } satisfies Step,
    ];
  });
}

function submittedStep(
  message: TimelineMessage,
  { history, wait_seconds: wait }: TimelineExplanation,
): Step[] {
  const time = isoTime(message.message_sent_time);
  const detail = sentence(history.find(({ event }) => event === 'sent')?.detail ?? '');
  if (time !== undefined) return [{ name: 'Submitted', state: 'done', time, detail }];
  if (isOver(message)) return [];
  const state = wait === null || isWaiting(message, wait) ? 'open' : 'current';
  return [{ name: 'Submitted', state, detail: 'To the carrier.' }];
}

function reportStep(message: TimelineMessage): Step {
  const { message_state: state, error_code: code, error_message: short } = message;
  const time = isoTime(message.message_updated_time);
  if (state === 'delivered') return { name: 'Delivered', state: 'done', time, detail: errorInWords(code) };
  if (isOver(message)) {
    const reason = [code === null ? '' : `Error ${code}, ${short}.`, errorInWords(code) ?? ''];
    const name = state === 'failed' ? 'Failed' : 'Undelivered';
    return { name, state: 'bad', time, detail: reason.join(' ').trim() };
  }
  const isSubmitted = message.message_sent_time !== '';
  return {
    name: 'Reported',
    state: isSubmitted ? 'current' : 'open',
    detail: isSubmitted ? "Waiting for the carrier's report." : undefined,
  };
}

function callbackStep(message: TimelineMessage, webhooks: readonly TimelineWebhook[]): Step[] {
  const isInbound = message.message_direction === 'inbound';
  if (webhooks.length === 0) {
    if (!isInbound) return [];
    return [
      {
        name: 'No callback URL',
        state: 'done',
        detail: 'The number has no application with a message URL.',
      },
    ];
  }
  const numberOf = (outcome: TimelineWebhook['outcome']) =>
    webhooks.filter((one) => one.outcome === outcome).length;
  const parts = [
    [numberOf('delivered'), 'delivered'],
    [numberOf('pending'), 'pending'],
    [numberOf('failed'), 'failed'],
  ] as const;
  const detail = parts.flatMap(([number, what]) => (number > 0 ? [`${number} ${what}`] : [])).join(', ');
  const state = numberOf('pending') > 0 ? 'current' : numberOf('failed') > 0 ? 'bad' : 'done';
  return [{ name: isInbound ? 'Callback to the application' : 'Callbacks', state, detail: `${detail}.` }];
}
