// Deleted powerpacks that can still be restored.
import type { Schemas } from '../../../client/src/client.ts';
import { count, moment } from '../parts/format.ts';
import { type Restoration, RestoreButton } from './restore-button.tsx';

interface Props {
  readonly deleted: readonly Schemas['DeletedPowerpack'][];
  readonly onRestored: (restoration: Restoration) => void;
}

export function DeletedPowerpacks({ deleted, onRestored }: Props) {
  return (
    <div class="card table">
      <table aria-labelledby="deleted">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Deleted</th>
            <th scope="col">Can be restored until</th>
            <th scope="col" class="number">
              Members
            </th>
            <th scope="col">
              <span class="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {deleted.map((powerpack) => (
            <tr key={powerpack.uuid}>
              <th scope="row" class="name">
                {powerpack.name}
              </th>
              <td>{moment(powerpack.deleted_on)}</td>
              <td>{moment(powerpack.restorable_until)}</td>
              <td class="number">{count(powerpack.members)}</td>
              <td class="number">
                <RestoreButton powerpack={powerpack} onRestored={onRestored} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
