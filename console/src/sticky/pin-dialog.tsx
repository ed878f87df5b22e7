// Chooses the sticky sender of a recipient.
import { useId, useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { typingMs, useDebounced } from '../live/use-debounced.ts';
import { useResource } from '../live/use-resource.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { counted, digitsOf, phoneNumber } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { pageSize } from '../parts/pager.tsx';
import { TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { type Sender, type StickyCalls, useMapping } from './use-sticky.ts';

interface Props {
  readonly calls: StickyCalls;
  readonly powerpackUuid: string;
  readonly recipient: string;
  readonly onClose: () => void;
}

export function PinDialog({ calls, powerpackUuid, recipient, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed, typingMs);
  const [sender, setSender] = useState<Sender>();
  const present = useMapping(powerpackUuid, recipient).data?.number;
  const name = phoneNumber(recipient);

  const pin = async () => {
    if (sender === undefined) return;
    await calls.pin(recipient, sender);
    showToast(`Messages to ${name} are sent from ${phoneNumber(sender.number)} from now on.`);
  };

  return (
    <DialogForm
      title={`Sticky sender of ${name}`}
      verb="Pin"
      disabled={sender === undefined}
      act={pin}
      onClose={onClose}
    >
      <p class="quiet">From the next message on. Queued messages keep the number that was chosen for them.</p>
      <TextField
        label="Find a member"
        type="search"
        inputMode="tel"
        placeholder="Begins with, such as 1415"
        value={typed}
        onInput={(text) => setTyped(digitsOf(text))}
      />
      <Senders
        powerpackUuid={powerpackUuid}
        search={search}
        present={present}
        sender={sender}
        onChoose={setSender}
      />
    </DialogForm>
  );
}

interface SendersProps {
  readonly powerpackUuid: string;
  readonly search: string;
  /** The recipient's present sticky sender. */
  readonly present: string | undefined;
  readonly sender: Sender | undefined;
  readonly onChoose: (sender: Sender) => void;
}

function Senders({ powerpackUuid: powerpack_uuid, search, present, sender, onChoose }: SendersProps) {
  const { client } = useSession();
  const name = useId();
  const query = search === '' ? {} : { starts_with: search };
  const found = useResource(
    `members to pin ${powerpack_uuid} ${search}`,
    (signal) =>
      answerOf(
        client.GET('/Powerpack/{powerpack_uuid}/Queue/', {
          params: { path: { powerpack_uuid }, query },
          signal,
        }),
      ),
    ['powerpacks'],
  );
  return (
    <Loaded resource={found}>
      {({ objects, meta }) => (
        <>
          <fieldset class="senders">
            <legend class="visually-hidden">Members</legend>
            {objects.map((one) => (
              <label key={`${one.number} ${one.country_iso2}`}>
                <input
                  type="radio"
                  name={name}
                  checked={one.number === sender?.number && one.country_iso2 === sender.country_iso2}
                  onChange={() => onChoose(one)}
                />
                <span class="code">{phoneNumber(one.number)}</span>
                <span class="quiet">
                  {one.region === '' ? one.country_iso2 : one.region}
                  {one.number === present && ', at present'}
                </span>
              </label>
            ))}
          </fieldset>
          {meta.total_count > pageSize && (
            <p class="hint">{counted(meta.total_count - pageSize, 'more member')}: type more digits.</p>
          )}
          {meta.total_count === 0 && <p class="hint">No member begins so.</p>}
        </>
      )}
    </Loaded>
  );
}
