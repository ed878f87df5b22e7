// The wire of explained messages: the reason for the sender, and the history. An extension.
import { type Static, Type } from 'typebox';
import { MessageCampaign, messageCampaignToWire, waitForCampaign } from '../campaigns/usage-wire.ts';
import { ruleInWords } from '../powerpacks/selection/selection-words.ts';
import { isAlphanumericName } from '../telecom/alphanumeric.ts';
import { errorCodes } from './error-codes.ts';
import type { ExplainedMessage, Waiting } from './explain-message.ts';
import type { Message } from './message.ts';
import { keptText, messageToWire, wireTime } from './wire.ts';

export const ExplainedMessageBody = Type.Object({
  message_uuid: Type.String(),
  src: Type.String(),
  dst: Type.String(),
  text: keptText,
  rule: Type.Union([Type.String(), Type.Null()], {
    description: 'The rule by which the powerpack chose the sender; null when no powerpack chose it.',
  }),
  explanation: Type.String({
    description:
      'Why this sender, in words, and whether the destination had opted out of it or of other members.',
  }),
  rejected: Type.Record(Type.String(), Type.Integer(), {
    description: 'How many other members of the pool were rejected for each reason.',
  }),
  wait_seconds: Type.Union([Type.Number(), Type.Null()], {
    description: 'How long after it was accepted its number was free for it.',
  }),
  route: Type.Union([Type.String(), Type.Null()], {
    description:
      'The route that its sender has now, such as `default` or `kind:US/tollfree`; null where there is none, and for a message that came in.',
  }),
  carriers: Type.Array(Type.String(), {
    description: 'Carriers of that route, in the order in which they are tried.',
  }),
  carrier: Type.Union([Type.String(), Type.Null()], {
    description: 'The carrier that took it; null before one has.',
  }),
  waiting: Type.Union([Type.String(), Type.Null()], {
    description:
      'What a queued message waits for: its moment, or, when that has come, its carriers, that of a message before it, or its campaign; null for any other, and where it is not known.',
  }),
  campaign: Type.Union([MessageCampaign, Type.Null()], {
    description: 'The 10DLC campaign that it goes for, and what is used of its limits now.',
  }),
  history: Type.Array(Type.Object({ time: Type.String(), event: Type.String(), detail: Type.String() }), {
    description: 'Its events, the oldest first.',
  }),
});

function whySender({ message, selection }: ExplainedMessage): string {
  const { answerTo } = message.details;
  if (message.direction === 'inbound') return 'The message came in: its sender is whoever wrote it.';
  if (selection !== undefined) {
    const why = `The powerpack chose ${message.sender}: ${ruleInWords[selection.rule]}.`;
    return isAlphanumericName(message.sender) ? `${why} It is a name: nobody can answer it.` : why;
  }
  return answerTo === undefined
    ? 'The request named the sender.'
    : `It answers the message ${answerTo}: no request was made for it.`;
}

/** Returns whether opt-outs blocked the message: it never got a send slot then; the same code from a carrier is another matter. */
const isBlocked = ({ errorCode, dueAt }: Message): boolean =>
  errorCode === errorCodes.blockedByStop.code && dueAt === undefined;

/** Returns the opt-outs that concerned the message, in words. */
function optOutsInWords({ message, selection }: ExplainedMessage): readonly string[] {
  if (isBlocked(message)) return ['The destination had opted out of it, so the message was not sent.'];
  const others = selection?.rejected.opted_out;
  if (others === undefined || message.dueAt === undefined) return [];
  const members = others === 1 ? 'member' : 'members';
  return [`The destination had opted out of ${others} other ${members}, which did not hold for this one.`];
}

/** Returns what the priority of a bulk message means for it, in words. */
const priorityInWords = ({ details }: Message): readonly string[] =>
  details.priority === 'bulk' ? ['It is bulk: transactional messages of its number go first.'] : [];

const whyWaiting: Readonly<Record<Waiting['why'], string>> = {
  down: 'is down',
  draining: 'is draining',
  refused: 'refuses everything, and its last error says why',
  full: 'takes nothing at this moment: its window is full, or it has asked to slow down',
};

const waitingInWords = (waiting: readonly Waiting[]): string =>
  waiting
    .map(({ carrier, why, isBehind }) => {
      const trouble = `${carrier} ${whyWaiting[why]}`;
      return isBehind ? `a message before it goes to the carrier that perhaps has it: ${trouble}` : trouble;
    })
    .join(' and ');

/** Returns what a queued message whose moment has come waits for in its campaign. */
function campaignWait({ message, campaign }: ExplainedMessage, now: Date): string | undefined {
  const isDue = message.status === 'queued' && message.dueAt !== undefined && message.dueAt <= now;
  return isDue && campaign !== undefined ? waitForCampaign(campaign, message.segments, now) : undefined;
}

function whatItWaitsFor(explained: ExplainedMessage, now: Date): string | null {
  const { scheduled, waiting } = explained;
  if (scheduled !== undefined) {
    const why = scheduled.reason === 'request' ? 'as its request asked' : 'when quiet hours end';
    return `it is scheduled for ${scheduled.sendAt.toISOString()}, ${why}`;
  }
  return waiting.length === 0 ? (campaignWait(explained, now) ?? null) : waitingInWords(waiting);
}

export function explanationToWire(
  explained: ExplainedMessage,
  now: Date,
): Static<typeof ExplainedMessageBody> {
  const { message, selection, events } = explained;
  const shown = messageToWire(message);
  const happened = [
    { at: message.acceptedAt, event: message.direction === 'outbound' ? 'accepted' : 'received', detail: '' },
    ...(message.sentAt === undefined
      ? []
      : [{ at: message.sentAt, event: 'sent', detail: `handed to the carrier ${message.carrier ?? ''}` }]),
    ...events,
    ...(message.finishedAt === undefined
      ? []
      : [{ at: message.finishedAt, event: message.status, detail: shown.error_message }]),
  ];
  const waitMs = message.dueAt === undefined ? null : message.dueAt.getTime() - message.acceptedAt.getTime();
  return {
    message_uuid: message.id,
    src: shown.from_number,
    dst: shown.to_number,
    text: explained.text ?? null,
    rule: selection?.rule ?? null,
    explanation: [whySender(explained), ...optOutsInWords(explained), ...priorityInWords(message)].join(' '),
    rejected: { ...selection?.rejected },
    wait_seconds: waitMs === null ? null : waitMs / 1000,
    route: explained.route?.scope ?? null,
    carriers: [...(explained.route?.carriers ?? [])],
    carrier: message.carrier ?? null,
    waiting: whatItWaitsFor(explained, now),
    campaign:
      explained.campaign === undefined
        ? null
        : messageCampaignToWire(message.details.campaignId ?? '', explained.campaign, now),
    history: happened
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .map(({ at, event, detail }) => ({ time: wireTime(at), event, detail })),
  };
}
