// The sender: a powerpack, which chooses one of its numbers, or one number of the account.
import { useId } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { typingMs, useDebounced } from '../live/use-debounced.ts';
import { useResource } from '../live/use-resource.ts';
import { PowerpackSelect } from '../messages/powerpack-select.tsx';
import type { Powerpack } from '../messages/use-powerpacks.ts';
import { Field } from '../parts/field.tsx';
import { digitsOf, phoneNumber } from '../parts/format.ts';
import { useSession } from '../session/session.ts';
import type { Draft } from './draft.ts';

interface Props {
  readonly draft: Draft;
  readonly powerpacks: readonly Powerpack[];
  readonly change: (changes: Partial<Draft>) => void;
}

export function SenderChoice({ draft, powerpacks, change }: Props) {
  const name = useId();
  const choice = (from: Draft['from'], label: string) => (
    <label>
      <input type="radio" name={name} checked={draft.from === from} onChange={() => change({ from })} />
      {label}
    </label>
  );
  return (
    <fieldset class="sender-choice">
      <legend>Sender</legend>
      <div class="radios">
        {choice('powerpack', 'A powerpack chooses')}
        {choice('number', 'One number of yours')}
      </div>
      {draft.from === 'powerpack' ? (
        <PowerpackSelect
          label="Powerpack"
          none="Choose a powerpack"
          powerpacks={powerpacks}
          value={draft.powerpack}
          onChange={(powerpack) => change({ powerpack })}
        />
      ) : (
        <OwnNumber src={draft.src} onInput={(src) => change({ src })} />
      )}
    </fieldset>
  );
}

function OwnNumber({ src, onInput }: { readonly src: string; readonly onInput: (src: string) => void }) {
  const { client } = useSession();
  const listId = useId();
  const digits = useDebounced(digitsOf(src), typingMs);
  const query = digits === '' ? {} : { number_startswith: digits };
  const numbers = useResource(
    `own numbers ${digits}`,
    (signal) => answerOf(client.GET('/Number/', { params: { query }, signal })),
    ['numbers'],
  );
  return (
    <Field label="Number" hint="Type its first digits to find it, or a short code.">
      {(id) => (
        <>
          <input
            id={id}
            list={listId}
            inputMode="tel"
            maxLength={40}
            value={src}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
          <datalist id={listId}>
            {numbers.data?.objects.map(({ number, alias }) => (
              <option key={number} value={number}>
                {phoneNumber(number)} {alias}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
