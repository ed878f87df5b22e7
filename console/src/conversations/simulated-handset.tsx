// The recipient's side of a conversation, where the telephone network is simulated.
import { useState } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import type { Powerpack } from '../messages/use-powerpacks.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { digitsOf, phoneNumber } from '../parts/format.ts';
import { SelectField } from '../parts/select-field.tsx';
import { TextArea } from '../parts/text-field.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import { keywordsFor } from './keyword-words.ts';

interface Props {
  readonly powerpack: Powerpack;
  readonly handset: string;
  /** Numbers that it can write to, the one that wrote last first. */
  readonly numbers: readonly string[];
}

/** The longest text that a handset may send. */
const maxLength = 1600;

export function SimulatedHandset({ powerpack, handset, numbers }: Props) {
  const { client } = useSession();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState('');
  const dst = numbers.includes(chosen) ? chosen : (numbers[0] ?? '');
  const reply = useAction(async (words: string) => {
    // With its plus, so that no number abroad is taken for a national one of North America.
    const params = { path: { number: `+${digitsOf(handset)}` } };
    await answerOf(
      client.POST('/Simulator/Handset/{number}/Message/', { params, body: { dst, text: words } }),
    );
    // What was typed while it was under way is kept.
    setText((now) => (now === words ? '' : now));
  });
  if (dst === '') return <p class="quiet">The pool has no number yet that this handset could write to.</p>;
  return (
    <form
      aria-label="Reply as the recipient"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== '') void reply.run(text);
      }}
    >
      <SelectField
        label="To our number"
        value={dst}
        options={numbers.map((number) => ({ value: number, label: phoneNumber(number) }))}
        onChange={setChosen}
      />
      <TextArea
        label="Reply as the recipient"
        rows={3}
        maxLength={maxLength}
        value={text}
        onInput={setText}
      />
      <Failure error={reply.error} />
      <Button type="submit" disabled={text === ''} busy={reply.isRunning}>
        Reply
      </Button>
      <h3 class="keywords-title">With one word</h3>
      <dl class="keywords">
        {keywordsFor(dst, powerpack.opt_out_scope).map(({ keyword, effect }) => (
          <div key={keyword}>
            <dt>
              <Button disabled={reply.isRunning} onClick={() => void reply.run(keyword)}>
                {keyword}
              </Button>
            </dt>
            <dd>{effect}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">
        Keywords count on long codes and toll-free numbers of the US, its territories and Canada.
      </p>
    </form>
  );
}
