// Handsets that messages were exchanged with, one a row.

import { isoTime } from '../messages/message-time.ts';
import { oursOf, type RecentHandset } from '../messages/recent-handsets.ts';
import { StateBadge } from '../messages/state-badge.tsx';
import { count, phoneNumber } from '../parts/format.ts';
import { TimeAgo } from '../parts/time-ago.tsx';

interface Props {
  readonly powerpack: string;
  readonly handsets: readonly RecentHandset[];
}

export function HandsetTable({ powerpack, handsets }: Props) {
  return (
    <>
      <div class="card table">
        <table class="messages-table" aria-label="Recent conversations">
          <thead>
            <tr>
              <th scope="col">Handset</th>
              <th scope="col">Last message</th>
              <th scope="col" class="wide">
                With our number
              </th>
              <th scope="col" class="wide number">
                Sent
              </th>
              <th scope="col" class="wide number">
                Received
              </th>
            </tr>
          </thead>
          <tbody>
            {handsets.map(({ handset, latest, sent, received }) => (
              <tr key={handset}>
                <td>
                  <a href={`/console/conversations/${powerpack}/${handset}`}>{phoneNumber(handset)}</a>
                </td>
                <td>
                  <TimeAgo time={isoTime(latest.message_time) ?? ''} />{' '}
                  {latest.message_direction === 'inbound' ? 'from it' : 'to it'}{' '}
                  <StateBadge state={latest.message_state} />
                </td>
                <td class="wide">{phoneNumber(oursOf(latest))}</td>
                <td class="wide number">{count(sent)}</td>
                <td class="wide number">{count(received)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="hint">
        Of the newest 60 messages to and the newest 60 from handsets. Numbers that are not stored are not
        listed.
      </p>
    </>
  );
}
