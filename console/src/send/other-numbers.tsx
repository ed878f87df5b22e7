// The numbers that would not send, each with its reason.
import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client/src/client.ts';
import { phoneNumber } from '../parts/format.ts';
import { Pager } from '../parts/pager.tsx';

const pageSize = 10;

export function OtherNumbers({ others }: { readonly others: Schemas['Explain']['others'] }) {
  const [offset, setOffset] = useState(0);
  const start = offset < others.length ? offset : 0;
  return (
    <>
      <table aria-label="Numbers that would not send">
        <thead>
          <tr>
            <th scope="col">Number</th>
            <th scope="col">Why not</th>
          </tr>
        </thead>
        <tbody>
          {others.slice(start, start + pageSize).map(({ number, country_iso2: country, because }) => (
            <tr key={`${number} ${country}`}>
              <td class="nowrap">{phoneNumber(number)}</td>
              <td>{because}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pager offset={start} total={others.length} size={pageSize} onMove={setOffset} />
    </>
  );
}
