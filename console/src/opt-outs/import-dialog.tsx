// Importing opt-outs from a CSV file.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { Field, Switch } from '../parts/field.tsx';
import { useSession } from '../session/session.ts';

interface Props {
  /** Shows the report in the place of this dialog. */
  readonly onImported: (report: Schemas['ImportedOptOuts']) => void;
  readonly onClose: () => void;
}

export function ImportDialog({ onImported, onClose }: Props) {
  const { client } = useSession();
  const [csv, setCsv] = useState('');
  const [skipsBad, setSkipsBad] = useState(false);
  const load = async () => {
    const body = { csv, skip_bad_lines: skipsBad };
    onImported(await answerOf(client.POST('/OptOut/Import/', { body })));
  };
  return (
    <DialogForm title="Import opt-outs" verb="Import" disabled={csv === ''} act={load} onClose={onClose}>
      <p>
        A CSV file with a header. The column <code>destination</code> names people; <code>scope</code>,{' '}
        <code>powerpack_uuid</code>, <code>number</code>, <code>opted_out_on</code>, <code>reason</code> and{' '}
        <code>author</code> may say more. Without a scope every number of the account is blocked.
      </p>
      <Field label="File">
        {(id) => (
          <input
            id={id}
            type="file"
            accept=".csv,text/csv"
            onChange={async ({ currentTarget }) => setCsv((await currentTarget.files?.[0]?.text()) ?? '')}
          />
        )}
      </Field>
      <Switch
        label="Leave bad lines out"
        hint="Otherwise one bad line means that nothing is imported."
        checked={skipsBad}
        onChange={setSkipsBad}
      />
    </DialogForm>
  );
}
