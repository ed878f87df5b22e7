// The members of a pool: what each is, what it does at present, and what can be done with it.
import { healthWords } from '../numbers/health-words.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { count, phoneNumber } from '../parts/format.ts';
import { Meter } from '../parts/meter.tsx';
import { NumberLink } from '../parts/number-link.tsx';
import type { ServerOrder } from '../parts/table-model.ts';
import { FreeMoment } from './free-moment.tsx';
import {
  hasOwnLimits,
  keyOfMember,
  kindWords,
  type Member,
  paceWords,
  placeOf,
  serviceWords,
  stateWords,
  waitWords,
} from './member-words.ts';
import { tickColumn } from './tick-column.tsx';
import type { Ticks } from './use-ticks.ts';

interface Props {
  readonly members: readonly Member[];
  readonly isBusy: boolean;
  readonly order: ServerOrder;
  readonly ticks: Ticks<Member>;
  /** Whether members are being changed, so that none can be ticked. */
  readonly isRunning: boolean;
  readonly onLimit: (member: Member) => void;
  readonly onRemove: (member: Member) => void;
  readonly onDrain: (member: Member) => void;
  readonly onResume: (member: Member) => void;
}

export function MembersTable({ members, isBusy, order, ticks, isRunning, ...actions }: Props) {
  return (
    <DataTable
      label="Members of the pool"
      class="members"
      rows={members}
      isBusy={isBusy}
      keyOf={keyOfMember}
      serverOrder={order}
      columns={[
        tickColumn({
          ...ticks,
          rows: members,
          keyOf: keyOfMember,
          nameOf: ({ number }) => `Tick ${phoneNumber(number)}`,
          disabled: isRunning,
        }),
        ...columnsOf(actions),
      ]}
    />
  );
}

type Actions = Pick<Props, 'onLimit' | 'onRemove' | 'onDrain' | 'onResume'>;

function StateMark({ member }: { readonly member: Member }) {
  const words = stateWords(member);
  if (words === undefined) return null;
  return (
    <span title={words.about}>
      <Badge tone={words.tone}>{words.word}</Badge>
    </span>
  );
}

const columnsOf = ({ onLimit, onRemove, onDrain, onResume }: Actions): readonly Column<Member>[] => [
  {
    id: 'number',
    label: 'Number',
    kind: 'name',
    isHeader: true,
    sortBy: ({ number }) => number,
    cell: (member) => (
      <>
        <span class="code">
          <NumberLink number={member.number} />
        </span>
        <span class="detail">
          {kindWords[member.type]}, {serviceWords[member.service]}
        </span>
        <StateMark member={member} />
        {member.warm_up_limit !== null && (
          <span class="detail">
            warming up: {count(member.segments_today)} of {count(member.warm_up_limit)} today
          </span>
        )}
      </>
    ),
  },
  { id: 'area', label: 'Area', cell: placeOf },
  {
    id: 'segments_today',
    label: 'Segments today',
    title: 'Segments sent today (UTC), and after how many others are preferred',
    onPhone: 'line',
    sortBy: ({ segments_today: segments }) => segments,
    cell: ({ number, segments_today: segments, daily_segments: limit }) => (
      <Meter label={`Segments of ${phoneNumber(number)} today`} value={segments} limit={limit} />
    ),
  },
  {
    id: 'queued',
    label: 'Queue',
    sortBy: ({ queued }) => queued,
    cell: (member) => {
      const wait = waitWords(member);
      return (
        <>
          {count(member.queued)}
          {wait !== undefined && <span class="detail">{wait}</span>}
        </>
      );
    },
  },
  {
    id: 'next_free_at',
    label: 'Free',
    title: 'When a new message could be sent',
    sortBy: ({ next_free_at: time }) => time,
    cell: ({ next_free_at: time }) => <FreeMoment time={time} />,
  },
  {
    id: 'health',
    label: 'Health',
    title: 'The share of messages that were delivered in the last 24 hours',
    sortBy: ({ health: { finished, delivered } }) => (finished === 0 ? undefined : delivered / finished),
    cell: ({ health }) => {
      const { tone, word, detail } = healthWords(health);
      return (
        <>
          <Badge tone={tone}>{word}</Badge>
          <span class="detail">{detail}</span>
        </>
      );
    },
  },
  {
    id: 'pace',
    label: 'Pace',
    cell: (member) => (
      <>
        {paceWords(member).map((line) => (
          <span class="line" key={line}>
            {line}
          </span>
        ))}
        {hasOwnLimits(member) && <span class="detail">own limits</span>}
      </>
    ),
  },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: (member) => {
      const number = phoneNumber(member.number);
      return (
        <>
          <Button kind="quiet" aria-label={`Limits of ${number}`} onClick={() => onLimit(member)}>
            Limits
          </Button>
          {member.type !== 'shortcode' && member.state === 'active' && (
            <Button kind="quiet" aria-label={`Drain ${number}`} onClick={() => onDrain(member)}>
              Drain …
            </Button>
          )}
          {(member.state === 'draining' || member.state === 'aside') && (
            <Button kind="quiet" aria-label={`Resume ${number}`} onClick={() => onResume(member)}>
              Resume
            </Button>
          )}
          <Button kind="quiet" aria-label={`Remove ${number}`} onClick={() => onRemove(member)}>
            Remove
          </Button>
        </>
      );
    },
  },
];
