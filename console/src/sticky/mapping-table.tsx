// Recipients and their sticky senders.
import { Button } from '../parts/button.tsx';
import { moment, phoneNumber } from '../parts/format.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import type { Mapping } from './use-sticky.ts';

interface Props {
  readonly powerpackUuid: string;
  readonly mappings: readonly Mapping[];
  readonly isBusy: boolean;
  readonly onPin: (recipient: string) => void;
  readonly onReset: (recipient: string) => void;
}

export function MappingTable({ powerpackUuid, mappings, isBusy, onPin, onReset }: Props) {
  return (
    <div class="card table" aria-busy={isBusy}>
      <table class="members" aria-label="Sticky recipients, the newest message first">
        <thead>
          <tr>
            <th scope="col">Recipient</th>
            <th scope="col">Sticky sender</th>
            <th scope="col">Last message</th>
            <th scope="col">Until</th>
            <th scope="col" aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {mappings.map(({ destination, number, last_message_on: last, expires_on: end }) => {
            const name = phoneNumber(destination);
            return (
              <tr key={destination}>
                <th scope="row" class="member">
                  <a class="code" href={`/console/conversations/${powerpackUuid}/${destination}`}>
                    {name}
                  </a>
                </th>
                <td class="code">{phoneNumber(number)}</td>
                <td>
                  <TimeAgo time={last} />
                </td>
                <td>{moment(end)}</td>
                <td class="row-actions">
                  <Button kind="quiet" aria-label={`Move ${name}`} onClick={() => onPin(destination)}>
                    Move
                  </Button>
                  <Button kind="quiet" aria-label={`Reset ${name}`} onClick={() => onReset(destination)}>
                    Reset
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
