// Recipients from a CSV file, which is read here and goes nowhere.

import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { counted } from '../parts/format.ts';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { recipientsInFile } from './recipients.ts';

const maxBytes = 1024 * 1024;

export function RecipientsFile({ onRead }: { readonly onRead: (recipients: readonly string[]) => void }) {
  const read = useAction(async (file: File) => {
    if (file.size > maxBytes) throw new Error('The file is larger than 1 MiB.');
    const recipients = recipientsInFile(await file.text());
    if (recipients.length === 0) throw new Error(`${file.name} has no number.`);
    onRead(recipients);
    showToast(`${counted(recipients.length, 'recipient')} read.`);
  });
  return (
    <>
      <Field label="Or from a file" hint="CSV or text: the first number of each line is taken.">
        {(id) => (
          <input
            id={id}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = '';
              if (file !== undefined) void read.run(file);
            }}
          />
        )}
      </Field>
      <Failure error={read.error} />
    </>
  );
}
