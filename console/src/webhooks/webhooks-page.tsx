// The log of callbacks.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { choiceOf } from '../parts/address.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { UncountedPager } from '../parts/uncounted-pager.tsx';
import { type ListAddress, useAddress } from '../parts/use-address.ts';
import { useSession } from '../session/session.ts';
import { kindWords, outcomes, outcomeWords, responseInWords } from './webhook-words.ts';

const outcomeChoices = [
  { value: '', label: 'Any' },
  ...outcomes.map((outcome) => ({ value: outcome, label: outcomeWords[outcome].word })),
];

export function WebhooksPage() {
  const { client } = useSession();
  const address = useAddress();
  const outcome = choiceOf(outcomes, address.query.outcome);
  const { message } = address.query;
  const query = {
    offset: address.offset,
    ...(outcome && { outcome }),
    ...(message && { message_uuid: message }),
  };
  const list = useResource(
    JSON.stringify(query),
    (signal) => answerOf(client.GET('/Webhook/', { params: { query }, signal })),
    ['webhooks'],
  );
  return (
    <Page title="Webhooks">
      <p class="quiet">
        Every callback to one of your URLs: for status changes, for inbound messages, and for results of
        requests with a callback URL. Stored for seven days.
      </p>
      <Filters address={address} />
      <Loaded resource={list}>
        {({ meta, objects }) => (
          <>
            <div class="card table">
              {objects.length === 0 ? (
                <NoCallbacks isFiltered={outcome !== undefined || message !== undefined} />
              ) : (
                <CallbackTable calls={objects} />
              )}
            </div>
            <UncountedPager
              offset={address.offset}
              shown={objects.length}
              hasMore={meta.next !== null}
              onMove={address.move}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Filters({ address: { query, filter } }: { readonly address: ListAddress }) {
  return (
    <form class="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label="Outcome"
        value={query.outcome ?? ''}
        options={outcomeChoices}
        onChange={(outcome) => filter({ outcome })}
      />
      <TextField
        label="Message (its UUID)"
        class="code webhook-message"
        value={query.message ?? ''}
        spellcheck={false}
        onChange={(text) => filter({ message: text.trim() })}
      />
      {(query.outcome !== undefined || query.message !== undefined) && (
        <Button kind="quiet" onClick={() => filter({ outcome: '', message: '' })}>
          Show all
        </Button>
      )}
    </form>
  );
}

function NoCallbacks({ isFiltered }: { readonly isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty title="No callback matches">
        <p>Other filters may find some.</p>
      </Empty>
    );
  }
  return (
    <Empty title="No callbacks yet">
      <p>
        <a href="/console/send">Send a message</a> with a callback URL, or give an{' '}
        <a href="/console/applications">application</a> a message URL and send a message to its number.
      </p>
    </Empty>
  );
}

function CallbackTable({ calls }: { readonly calls: readonly Schemas['WebhookSummary'][] }) {
  return (
    <table class="webhooks">
      <caption class="visually-hidden">Callbacks, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">About</th>
          <th scope="col">Outcome</th>
          <th scope="col" class="number">
            Attempts
          </th>
          <th scope="col">Last response</th>
          <th scope="col">URL</th>
          <th scope="col">Queued</th>
          <th scope="col">Next attempt</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <tr key={call.webhook_uuid}>
            <td>
              <a href={`/console/webhooks/${call.webhook_uuid}`}>{kindWords[call.kind]}</a>
            </td>
            <td>
              <Badge tone={outcomeWords[call.outcome].tone}>{outcomeWords[call.outcome].word}</Badge>
            </td>
            <td class="number">{call.attempts}</td>
            <td>{responseInWords(call)}</td>
            <td class="webhook-url" title={call.url}>
              <span class="quiet">{call.method}</span> {call.url}
            </td>
            <td>
              <TimeAgo time={call.created_on} />
            </td>
            <td>{call.next_attempt_on === null ? '–' : <TimeAgo time={call.next_attempt_on} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
