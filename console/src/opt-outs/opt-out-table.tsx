// A table of opt-outs.
import type { Schemas } from '../../../client/src/client.ts';
import { phoneNumber } from '../parts/format.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import { blockedInWords, sourceInWords } from './opt-out-words.ts';

export function OptOutTable({ optOuts }: { readonly optOuts: readonly Schemas['OptOut'][] }) {
  return (
    <table>
      <caption class="visually-hidden">Opt-outs, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">Person</th>
          <th scope="col">Blocked</th>
          <th scope="col">By</th>
          <th scope="col">Reason</th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        {optOuts.map((optOut) => (
          <tr key={`${optOut.destination} ${optOut.number} ${optOut.powerpack_uuid}`}>
            <th scope="row" class="name">
              <a href={`/console/opt-outs/${optOut.destination}`}>{phoneNumber(optOut.destination)}</a>
            </th>
            <td>
              {optOut.powerpack_uuid === null || optOut.scope !== 'powerpack' ? (
                blockedInWords(optOut)
              ) : (
                <a href={`/console/powerpacks/${optOut.powerpack_uuid}`}>{blockedInWords(optOut)}</a>
              )}
            </td>
            <td>
              {optOut.message_uuid === null ? (
                sourceInWords(optOut)
              ) : (
                <a href={`/console/messages/${optOut.message_uuid}`}>{sourceInWords(optOut)}</a>
              )}
            </td>
            <td>{optOut.reason ?? '–'}</td>
            <td>
              <TimeAgo time={optOut.opted_out_on} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
