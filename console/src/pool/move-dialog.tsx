// Moves many numbers to the pool of another powerpack, which is chosen here.
import { useState } from 'preact/hooks';
import type { Schemas } from '../../../client/src/client.ts';
import { PowerpackSelect } from '../messages/powerpack-select.tsx';
import { usePowerpacks } from '../messages/use-powerpacks.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { counted } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';

type Powerpack = Schemas['Powerpack'];

interface Props {
  /** They leave its pool. */
  readonly powerpack: Powerpack;
  readonly numbers: number;
  readonly onMove: (to: Powerpack) => void;
  readonly onClose: () => void;
}

export function MoveDialog({ powerpack, numbers, onMove, onClose }: Props) {
  const powerpacks = usePowerpacks(undefined);
  const [chosen, setChosen] = useState('');
  const others = (powerpacks.data ?? []).filter(({ uuid }) => uuid !== powerpack.uuid);
  const to = others.find(({ uuid }) => uuid === chosen);
  return (
    <DialogForm
      title={`Move ${counted(numbers, 'number')} to another powerpack`}
      verb="Move"
      disabled={to === undefined}
      act={async () => {
        if (to !== undefined) onMove(to);
      }}
      onClose={onClose}
    >
      <Loaded resource={powerpacks}>
        {() => (
          <PowerpackSelect
            label="To the pool of"
            none="Choose a powerpack"
            powerpacks={others}
            value={chosen}
            onChange={setChosen}
          />
        )}
      </Loaded>
      <ul class="consequences">
        <li>They keep their services and limits. Messages in their queues still go out from them.</li>
        <li>
          Recipients of {powerpack.name} lose them as their sticky sender: the next message may come from
          another number.
        </li>
        <li>Replies to them go to the other powerpack’s application. Short codes stay.</li>
      </ul>
    </DialogForm>
  );
}
