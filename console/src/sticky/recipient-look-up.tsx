// One recipient's sticky sender, and how to change it.
import { useEffect, useState } from 'preact/hooks';
import { Button, ButtonLink } from '../parts/button.tsx';
import { digitsOf, moment, phoneNumber } from '../parts/format.ts';
import { NumberLink } from '../parts/number-link.tsx';
import { Loaded } from '../parts/page.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useMapping } from './use-sticky.ts';

interface Props {
  readonly powerpackUuid: string;
  readonly recipient: string;
  readonly onLookUp: (recipient: string) => void;
  readonly onPin: (recipient: string) => void;
  readonly onReset: (recipient: string) => void;
}

export function RecipientLookUp({ powerpackUuid, recipient, onLookUp, onPin, onReset }: Props) {
  const [text, setText] = useState(recipient);
  useEffect(() => setText(recipient), [recipient]);
  return (
    <section class="card" aria-label="Look up a recipient">
      <form
        class="filters look-up"
        onSubmit={(event) => {
          event.preventDefault();
          onLookUp(digitsOf(text));
        }}
      >
        <TextField
          label="Recipient"
          hint="Its number with the country code, such as +1 415 555 0190."
          type="search"
          inputMode="tel"
          required
          value={text}
          onInput={setText}
        />
        <Button kind="primary" type="submit">
          Look up
        </Button>
      </form>
      {recipient !== '' && (
        <Answer
          key={recipient}
          powerpackUuid={powerpackUuid}
          recipient={recipient}
          onPin={() => onPin(recipient)}
          onReset={() => onReset(recipient)}
        />
      )}
    </section>
  );
}

interface AnswerProps {
  readonly powerpackUuid: string;
  readonly recipient: string;
  readonly onPin: () => void;
  readonly onReset: () => void;
}

function Answer({ powerpackUuid, recipient, onPin, onReset }: AnswerProps) {
  const mapping = useMapping(powerpackUuid, recipient);
  const name = phoneNumber(recipient);
  return (
    <div class="look-up-answer" aria-live="polite">
      <Loaded resource={mapping}>
        {(found) =>
          found === null ? (
            <>
              <p>
                {name} has no sticky sender in this powerpack: the next message to it chooses a sender, and
                stays with it.
              </p>
              <Button onClick={onPin}>Pin to a member</Button>
            </>
          ) : (
            <>
              <p>
                Messages to {name} are sent from <NumberLink number={found.number} />. The last message
                between them was <TimeAgo time={found.last_message_on} />; without another one it stays so
                until {moment(found.expires_on)}.
              </p>
              <div class="actions">
                <Button onClick={onPin}>Move to another member</Button>
                <Button onClick={onReset}>Reset</Button>
                <ButtonLink kind="quiet" href={`/console/conversations/${powerpackUuid}/${recipient}`}>
                  Conversation
                </ButtonLink>
              </div>
            </>
          )
        }
      </Loaded>
    </div>
  );
}
