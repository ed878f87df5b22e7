// A test message over one carrier, whatever the routes say.
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso/router';
import { answerOf } from '../../../client/src/client.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useSession } from '../session/session.ts';

interface Props {
  readonly carrier: string;
  readonly onClose: () => void;
}

export function TestDialog({ carrier, onClose }: Props) {
  const { client } = useSession();
  const { route } = useLocation();
  const [draft, setDraft] = useState({ src: '', dst: '', text: 'A test message.' });
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const send = async () => {
    const params = { path: { carrier_name: carrier } };
    const sent = await answerOf(client.POST('/Carrier/{carrier_name}/Test/', { params, body: draft }));
    route(`/console/messages/${sent.message_uuid[0] ?? ''}`);
  };
  return (
    <DialogForm title={`Test ${carrier}`} verb="Send test message" act={send} onClose={onClose}>
      <TextField
        label="From"
        hint="One of the account's numbers; a fictitious one goes to the simulator only."
        type="tel"
        required
        value={draft.src}
        onInput={(src) => change({ src })}
      />
      <TextField label="To" type="tel" required value={draft.dst} onInput={(dst) => change({ dst })} />
      <TextField label="Text" required value={draft.text} onInput={(text) => change({ text })} />
    </DialogForm>
  );
}
