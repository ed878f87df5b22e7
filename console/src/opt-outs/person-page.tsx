// One person: what is blocked, and how that came about.
import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso/router';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { Empty } from '../parts/empty.tsx';
import { phoneNumber } from '../parts/format.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { UncountedPager } from '../parts/uncounted-pager.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { OptOutTable } from './opt-out-table.tsx';
import { blockedInWords, changeWords, sourceInWords } from './opt-out-words.ts';

export function OptOutPersonPage() {
  const { client } = useSession();
  const { destination = '' } = useRoute().params;
  const { offset, move } = useAddress();
  const [isRemoving, setRemoving] = useState(false);
  const params = { path: { destination } };
  const person = useResource(
    destination,
    (signal) => answerOf(client.GET('/OptOut/{destination}/', { params, signal })),
    ['opt_outs'],
  );
  const history = useResource(
    `${destination} ${offset}`,
    (signal) =>
      answerOf(
        client.GET('/OptOut/{destination}/History/', { params: { ...params, query: { offset } }, signal }),
      ),
    ['opt_outs'],
  );
  return (
    <Page title={phoneNumber(destination)} parent={{ href: '/console/opt-outs', label: 'Opt-outs' }}>
      <Loaded resource={person}>
        {({ opted_out: isOptedOut, opt_outs: optOuts }) => (
          <>
            {isOptedOut ? (
              <OptOutTable optOuts={optOuts} />
            ) : (
              <div class="card">
                <Empty title="Not opted out">
                  <p>Messages to this number are not blocked.</p>
                </Empty>
              </div>
            )}
            {isOptedOut && <Button onClick={() => setRemoving(true)}>Remove the opt-outs …</Button>}
          </>
        )}
      </Loaded>
      <h2>History</h2>
      <Loaded resource={history}>
        {({ meta, objects }) => (
          <>
            {objects.length === 0 ? (
              <div class="card">
                <Empty title="No changes">
                  <p>Changes are kept for five years.</p>
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Changes, the last one first"
                rows={objects}
                keyOf={(change) =>
                  `${change.changed_on} ${change.change} ${change.number} ${change.powerpack_uuid}`
                }
                columns={columns}
              />
            )}
            <UncountedPager
              offset={offset}
              shown={objects.length}
              hasMore={meta.next !== null}
              onMove={move}
            />
          </>
        )}
      </Loaded>
      {isRemoving && <RemoveDialog destination={destination} onClose={() => setRemoving(false)} />}
    </Page>
  );
}

const columns: readonly Column<Schemas['OptOutChange']>[] = [
  { id: 'change', label: 'Change', cell: ({ change }) => changeWords[change] },
  { id: 'when', label: 'When', cell: ({ changed_on: time }) => <TimeAgo time={time} /> },
  { id: 'blocked', label: 'Of', onPhone: 'line', cell: blockedInWords },
  {
    id: 'source',
    label: 'By',
    cell: (change) =>
      change.message_uuid === null ? (
        sourceInWords(change)
      ) : (
        <a href={`/console/messages/${change.message_uuid}`}>{sourceInWords(change)}</a>
      ),
  },
  { id: 'reason', label: 'Reason', cell: ({ reason }) => reason ?? '–' },
];

interface RemoveProps {
  readonly destination: string;
  readonly onClose: () => void;
}

function RemoveDialog({ destination, onClose }: RemoveProps) {
  const { client } = useSession();
  const [reason, setReason] = useState('');
  const [author, setAuthor] = useState('');
  const remove = () =>
    answerOf(
      client.DELETE('/OptOut/{destination}/', {
        params: { path: { destination } },
        body: { reason, ...(author && { author }) },
      }),
    );
  return (
    <DialogForm
      title={`Write to ${phoneNumber(destination)} again?`}
      verb="Remove the opt-outs"
      act={remove}
      onClose={onClose}
    >
      <p>Messages go to this number again. Only the person may want that.</p>
      <TextField
        label="Reason"
        hint="Such as “asked in the shop”. It is kept in the history."
        required
        maxLength={255}
        value={reason}
        onInput={setReason}
      />
      <TextField
        label="Your name"
        hint="For the history. May be empty."
        maxLength={255}
        value={author}
        onInput={setAuthor}
      />
    </DialogForm>
  );
}
