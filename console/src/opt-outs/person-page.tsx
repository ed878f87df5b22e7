// One person: what is blocked, and how that came about.
import { useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
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
            <div class="card table">
              {isOptedOut ? (
                <OptOutTable optOuts={optOuts} />
              ) : (
                <Empty title="Not opted out">
                  <p>Messages to this number are not blocked.</p>
                </Empty>
              )}
            </div>
            {isOptedOut && <Button onClick={() => setRemoving(true)}>Remove the opt-outs …</Button>}
          </>
        )}
      </Loaded>
      <h2>History</h2>
      <Loaded resource={history}>
        {({ meta, objects }) => (
          <>
            <div class="card table">
              {objects.length === 0 ? (
                <Empty title="No changes">
                  <p>Changes are kept for five years.</p>
                </Empty>
              ) : (
                <History changes={objects} />
              )}
            </div>
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

function History({ changes }: { readonly changes: readonly Schemas['OptOutChange'][] }) {
  return (
    <table>
      <caption class="visually-hidden">Changes, the last one first</caption>
      <thead>
        <tr>
          <th scope="col">Change</th>
          <th scope="col">Of</th>
          <th scope="col">By</th>
          <th scope="col">Reason</th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={`${change.changed_on} ${change.change} ${change.number} ${change.powerpack_uuid}`}>
            <td>{changeWords[change.change]}</td>
            <td>{blockedInWords(change)}</td>
            <td>
              {change.message_uuid === null ? (
                sourceInWords(change)
              ) : (
                <a href={`/console/messages/${change.message_uuid}`}>{sourceInWords(change)}</a>
              )}
            </td>
            <td>{change.reason ?? '–'}</td>
            <td>
              <TimeAgo time={change.changed_on} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

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
