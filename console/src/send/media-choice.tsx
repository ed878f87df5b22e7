// Files of a message: uploaded from here, or named by their URLs. They make it an MMS.
import { useRef } from 'preact/hooks';
import { answerOf } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { TextArea } from '../parts/text-field.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';
import type { Draft, UploadedFile } from './draft.ts';

interface Props {
  readonly draft: Draft;
  readonly change: (changes: Partial<Draft>) => void;
  /** Given what the files become from what they are by then: an upload takes its time. */
  readonly changeFiles: (next: (files: readonly UploadedFile[]) => readonly UploadedFile[]) => void;
}

export function MediaChoice({ draft, change, changeFiles }: Props) {
  const upload = useUpload((uploaded) => changeFiles((files) => [...files, ...uploaded]));
  const button = useRef<HTMLInputElement>(null);
  return (
    <details class="more" open={draft.files.length > 0 || draft.mediaUrls !== ''}>
      <summary>Media (sends an MMS)</summary>
      <Field label="Upload files" hint="Up to 10 files of at most 2 MiB: pictures, sound, video, vCard, PDF.">
        {(id) => (
          <input
            id={id}
            ref={button}
            type="file"
            multiple
            disabled={upload.isRunning}
            onChange={(event) => {
              const input = event.currentTarget;
              void upload.run([...(input.files ?? [])]).then(() => {
                input.value = '';
              });
            }}
          />
        )}
      </Field>
      <Failure error={upload.error} />
      {draft.files.length > 0 && (
        <ul class="files" aria-label="Uploaded files">
          {draft.files.map(({ id, name }) => (
            <li key={id}>
              {name}
              <Button
                kind="quiet"
                aria-label={`Remove ${name}`}
                onClick={() => {
                  changeFiles((files) => files.filter((file) => file.id !== id));
                  button.current?.focus();
                }}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <TextArea
        label="Or URLs of files"
        hint="One a line. The carrier fetches them."
        class="code"
        rows={2}
        value={draft.mediaUrls}
        onInput={(text) => change({ mediaUrls: text })}
      />
    </details>
  );
}

/** Uploads files at once; those that the server refuses are an error, the others stay. */
function useUpload(onUploaded: (files: readonly UploadedFile[]) => void) {
  const { client } = useSession();
  return useAction(async (files: readonly File[]) => {
    if (files.length === 0) return;
    const form = new FormData();
    for (const file of files) form.append('file', file);
    // The description knows no files, so the form takes the place of the body that it describes.
    const call = client.POST('/Media/', { body: { file: [] }, bodySerializer: () => form });
    const { objects } = await answerOf(call);
    onUploaded(
      objects.flatMap(({ media_id: id, file_name: name }) => (id === undefined ? [] : [{ id, name }])),
    );
    const refused = objects.filter(({ status }) => status === 'failed');
    if (refused.length === 0) return;
    throw new Error(refused.map(({ file_name: name, error_message: why }) => `${name}: ${why}`).join('. '));
  });
}
