// The carriers in a table: state, room, counts, the last error, and the actions.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { ActionsHeading } from '../parts/actions-heading.tsx';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import {
  answersInWords,
  bindInWords,
  countsInWords,
  stateInWords,
  warningsInWords,
} from './carrier-words.ts';

type Carrier = Schemas['Carrier'];

interface Props {
  readonly carriers: readonly Carrier[];
  readonly reload: () => void;
  readonly onEdit: (carrier: Carrier) => void;
  readonly onTest: (carrier: Carrier) => void;
  readonly onDelete: (carrier: Carrier) => void;
}

export function CarrierTable({ carriers, reload, onEdit, onTest, onDelete }: Props) {
  const { client } = useSession();
  const draining = useAction(async ({ name, draining: isDraining }: Carrier) => {
    const params = { path: { carrier_name: name } };
    await answerOf(
      isDraining
        ? client.POST('/Carrier/{carrier_name}/Resume/', { params })
        : client.POST('/Carrier/{carrier_name}/Drain/', { params }),
    );
    reload();
    showToast(isDraining ? `${name} takes messages again.` : `${name} takes nothing new.`);
  });
  return (
    <>
      {draining.error !== undefined && <Notice tone="bad">{draining.error.message}</Notice>}
      <table>
        <caption class="visually-hidden">Carriers</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col">Room</th>
            <th scope="col">Since its start</th>
            <th scope="col">Last error</th>
            <ActionsHeading />
          </tr>
        </thead>
        <tbody>
          {carriers.map((carrier) => (
            <tr key={carrier.name}>
              <th scope="row" class="name">
                {carrier.name}
                <p class="quiet">
                  {carrier.type === 'smpp' ? 'SMPP' : carrier.type === 'http' ? 'HTTP' : 'Simulator'},{' '}
                  {carrier.source === 'file' ? 'from the file' : 'made by the API'}
                </p>
              </th>
              <td>
                <State carrier={carrier} />
                {carrier.binds.map((bind) => (
                  <p key={`${bind.bind} ${bind.role} ${bind.since}`} class="quiet">
                    {bindInWords(bind)} <TimeAgo time={bind.since} />
                  </p>
                ))}
              </td>
              <td>{carrier.room ?? '–'}</td>
              <td>
                {countsInWords(carrier) || '–'}
                {answersInWords(carrier) !== '' && <p class="quiet">{answersInWords(carrier)}</p>}
                {warningsInWords(carrier).map((sentence) => (
                  <p key={sentence} class="quiet">
                    {sentence}
                  </p>
                ))}
              </td>
              <td>
                {carrier.last_error === null ? (
                  '–'
                ) : (
                  <>
                    {carrier.last_error.text} <TimeAgo time={carrier.last_error.time} />
                  </>
                )}
              </td>
              <td class="row-actions">
                <Button kind="quiet" aria-label={`Test ${carrier.name}`} onClick={() => onTest(carrier)}>
                  Test …
                </Button>
                <Button
                  kind="quiet"
                  aria-label={`${carrier.draining ? 'Resume' : 'Drain'} ${carrier.name}`}
                  onClick={() => draining.run(carrier)}
                >
                  {carrier.draining ? 'Resume' : 'Drain'}
                </Button>
                {carrier.source === 'api' && (
                  <>
                    <Button kind="quiet" aria-label={`Edit ${carrier.name}`} onClick={() => onEdit(carrier)}>
                      Edit …
                    </Button>
                    <Button
                      kind="quiet"
                      aria-label={`Delete ${carrier.name}`}
                      onClick={() => onDelete(carrier)}
                    >
                      Delete …
                    </Button>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function State({ carrier }: { readonly carrier: Carrier }) {
  const { tone, label } = stateInWords(carrier);
  return <Badge tone={tone}>{label}</Badge>;
}
