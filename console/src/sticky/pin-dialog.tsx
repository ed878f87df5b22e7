// Chooses the member that a recipient hears from.
import { useId, useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { typingMs, useSettled } from '../live/use-settled.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { counted, digitsOf, phoneNumber } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { pageSize } from '../parts/pager.tsx';
import { TextField } from '../parts/text-field.tsx';
import { say } from '../parts/toasts.tsx';
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
  const search = useSettled(typed, typingMs);
  const [sender, setSender] = useState<Sender>();
  const present = useMapping(powerpackUuid, recipient).data?.number;
  const name = phoneNumber(recipient);

  const pin = async () => {
    if (sender === undefined) return;
    await calls.pin(recipient, sender);
    say(`${name} hears from ${phoneNumber(sender.number)} from now on.`);
  };

  return (
    <DialogForm
      title={`Which number is ${name} to hear from?`}
      verb="Pin"
      disabled={sender === undefined}
      act={pin}
      onClose={onClose}
    >
      <p class="quiet">
        From the next message on. Messages that wait already keep the number that was chosen for them.
      </p>
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
  /** The number that the recipient hears from at present. */
  readonly present: string | undefined;
  readonly sender: Sender | undefined;
  readonly onChoose: (sender: Sender) => void;
}

function Senders({ powerpackUuid: powerpack_uuid, search, present, sender, onChoose }: SendersProps) {
  const { client } = useSession();
  const name = useId();
  const query = search === '' ? {} : { starts_with: search };
  const found = useResource(
    search,
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
