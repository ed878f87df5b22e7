// The members of a pool: what each is, what it does at present, and what can be done with it.
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { count, phoneNumber } from '../parts/format.ts';
import { Meter } from '../parts/meter.tsx';
import { NumberLink } from '../parts/number-link.tsx';
import { FreeMoment } from './free-moment.tsx';
import {
  hasOwnLimits,
  healthWords,
  kindWords,
  type Member,
  paceWords,
  placeOf,
  serviceWords,
  waitWords,
} from './member-words.ts';

interface Props {
  readonly members: readonly Member[];
  readonly isBusy: boolean;
  readonly onLimit: (member: Member) => void;
  readonly onRemove: (member: Member) => void;
}

export function MembersTable({ members, isBusy, onLimit, onRemove }: Props) {
  return (
    <div class="card table" aria-busy={isBusy}>
      <table class="members" aria-label="Members of the pool">
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Area</th>
            <th scope="col" title="Segments sent today (UTC), and after how many others are preferred">
              Segments today
            </th>
            <th scope="col">Queue</th>
            <th scope="col" title="When a new message could be sent">
              Free
            </th>
            <th scope="col">Health</th>
            <th scope="col">Pace</th>
            <th scope="col" aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Row
              key={`${member.number} ${member.country_iso2}`}
              member={member}
              onLimit={() => onLimit(member)}
              onRemove={() => onRemove(member)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly member: Member;
  readonly onLimit: () => void;
  readonly onRemove: () => void;
}

function Row({ member, onLimit, onRemove }: RowProps) {
  const number = phoneNumber(member.number);
  const health = healthWords(member.health);
  const wait = waitWords(member);
  return (
    <tr>
      <th scope="row" class="member">
        <span class="code">
          <NumberLink number={member.number} />
        </span>
        <span class="detail">
          {kindWords[member.type]}, {serviceWords[member.service]}
        </span>
      </th>
      <td>{placeOf(member)}</td>
      <td>
        <Meter
          label={`Segments of ${number} today`}
          value={member.segments_today}
          limit={member.daily_segments}
        />
      </td>
      <td>
        {count(member.queued)}
        {wait !== undefined && <span class="detail">{wait}</span>}
      </td>
      <td>
        <FreeMoment time={member.next_free_at} />
      </td>
      <td>
        <Badge tone={health.tone}>{health.word}</Badge>
        <span class="detail">{health.detail}</span>
      </td>
      <td>
        {paceWords(member).map((line) => (
          <span class="line" key={line}>
            {line}
          </span>
        ))}
        {hasOwnLimits(member) && <span class="detail">own limits</span>}
      </td>
      <td class="row-actions">
        <Button kind="quiet" aria-label={`Limits of ${number}`} onClick={onLimit}>
          Limits
        </Button>
        <Button kind="quiet" aria-label={`Remove ${number}`} onClick={onRemove}>
          Remove
        </Button>
      </td>
    </tr>
  );
}
