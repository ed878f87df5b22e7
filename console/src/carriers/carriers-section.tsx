// The carriers with their states, and what can be done with each.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { useSession } from '../session/session.ts';
import { CarrierDialog } from './carrier-dialog.tsx';
import { CarrierTable } from './carrier-table.tsx';
import { TestDialog } from './test-dialog.tsx';

type Carrier = Schemas['Carrier'];

/** The dialog that is open in front of the page. */
type Doing =
  | { readonly what: 'create' }
  | { readonly what: 'edit' | 'test' | 'delete'; readonly carrier: Carrier };

interface Props {
  readonly carriers: readonly Carrier[];
  readonly reload: () => void;
}

export function CarriersSection({ carriers, reload }: Props) {
  const [doing, setDoing] = useState<Doing>();
  const close = () => setDoing(undefined);
  return (
    <section aria-labelledby="carriers">
      <header class="page-header">
        <h2 id="carriers">Carriers</h2>
        <Button onClick={() => setDoing({ what: 'create' })}>New carrier</Button>
      </header>
      <p class="quiet">
        The networks and vendors that messages are handed to. The simulator is always there and is not listed.
      </p>
      {carriers.length === 0 ? (
        <div class="card">
          <Empty title="No carriers">
            <p>Every message goes to the simulator until there is a carrier.</p>
          </Empty>
        </div>
      ) : (
        <CarrierTable
          carriers={carriers}
          reload={reload}
          onEdit={(carrier) => setDoing({ what: 'edit', carrier })}
          onTest={(carrier) => setDoing({ what: 'test', carrier })}
          onDelete={(carrier) => setDoing({ what: 'delete', carrier })}
        />
      )}
      {doing?.what === 'create' && <CarrierDialog onSaved={reload} onClose={close} />}
      {doing?.what === 'edit' && <CarrierDialog carrier={doing.carrier} onSaved={reload} onClose={close} />}
      {doing?.what === 'test' && <TestDialog carrier={doing.carrier.name} onClose={close} />}
      {doing?.what === 'delete' && (
        <DeleteDialog name={doing.carrier.name} onDeleted={reload} onClose={close} />
      )}
    </section>
  );
}

interface DeleteProps {
  readonly name: string;
  readonly onDeleted: () => void;
  readonly onClose: () => void;
}

function DeleteDialog({ name, onDeleted, onClose }: DeleteProps) {
  const { client } = useSession();
  const remove = async () => {
    await answerOf(client.DELETE('/Carrier/{carrier_name}/', { params: { path: { carrier_name: name } } }));
    onDeleted();
  };
  return (
    <Confirm title={`Delete ${name}?`} verb="Delete carrier" act={remove} onClose={onClose}>
      <p>
        What it has in hand ends first. Its password is forgotten. Routes that lead to it have to go before.
      </p>
    </Confirm>
  );
}
