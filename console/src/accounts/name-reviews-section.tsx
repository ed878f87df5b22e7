// The names that accounts ask for, for the operator to decide on. Other accounts do not see it.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { Pager } from '../parts/pager.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useSession } from '../session/session.ts';
import { statusWords } from './name-words.ts';

type Review = Schemas['ReviewedAlphanumeric'];

interface Deciding {
  readonly review: Review;
  readonly status: 'approved' | 'rejected';
}

export function NameReviewsSection() {
  const { client } = useSession();
  const [offset, setOffset] = useState(0);
  const [deciding, setDeciding] = useState<Deciding>();
  const reviews = useResource(
    `name reviews ${offset}`,
    (signal) => answerOf(client.GET('/AlphanumericReview/', { params: { query: { offset } }, signal })),
    ['account'],
  );
  // Answered 404 to all but the operator.
  if (reviews.data === undefined || reviews.data.objects.length === 0) return null;
  const { meta, objects } = reviews.data;
  return (
    <section aria-labelledby="name-reviews">
      <h2 id="name-reviews">Names of all accounts</h2>
      <DataTable
        label="Names of all accounts"
        rows={objects}
        keyOf={({ uuid }) => uuid}
        columns={columnsOf((review, status) => setDeciding({ review, status }))}
      />
      <Pager of="Names of all accounts" offset={offset} total={meta.total_count} onMove={setOffset} />
      {deciding !== undefined && (
        <DecideDialog
          {...deciding}
          onClose={() => {
            setDeciding(undefined);
            reviews.reload();
          }}
        />
      )}
    </section>
  );
}

const columnsOf = (
  onDecide: (review: Review, status: Deciding['status']) => void,
): readonly Column<Review>[] => [
  { id: 'name', label: 'Name', kind: 'name', isHeader: true, cell: ({ name }) => name },
  { id: 'account', label: 'Account', kind: 'code', onPhone: 'line', cell: ({ auth_id: id }) => id },
  { id: 'note', label: 'Note', onPhone: 'line', cell: ({ note }) => note ?? '' },
  { id: 'status', label: 'Status', cell: ({ status }) => statusWords[status] },
  { id: 'asked', label: 'Asked for', cell: ({ requested_on: time }) => <TimeAgo time={time} /> },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: (review) => (
      <>
        {review.status !== 'approved' && (
          <Button
            kind="quiet"
            aria-label={`Approve the name ${review.name} of ${review.auth_id}`}
            onClick={() => onDecide(review, 'approved')}
          >
            Approve …
          </Button>
        )}
        {review.status !== 'rejected' && (
          <Button
            kind="quiet"
            aria-label={`Reject the name ${review.name} of ${review.auth_id}`}
            onClick={() => onDecide(review, 'rejected')}
          >
            Reject …
          </Button>
        )}
      </>
    ),
  },
];

function DecideDialog({ review, status, onClose }: Deciding & { readonly onClose: () => void }) {
  const { client } = useSession();
  const [reason, setReason] = useState('');
  const params = { path: { alphanumeric_uuid: review.uuid } };
  const body = reason === '' ? { status } : { status, reason };
  const decide = () => answerOf(client.POST('/AlphanumericReview/{alphanumeric_uuid}/', { params, body }));
  const verb = status === 'approved' ? 'Approve' : 'Reject';
  return (
    <DialogForm title={`${verb} the name ${review.name}?`} verb={verb} act={decide} onClose={onClose}>
      <TextField
        label="Reason"
        hint="The account reads it."
        required={status === 'rejected'}
        maxLength={1000}
        value={reason}
        onInput={setReason}
      />
    </DialogForm>
  );
}
