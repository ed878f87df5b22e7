// The campaigns of the account.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { Empty } from '../parts/empty.tsx';
import { count } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { useSortedList } from '../parts/use-sorted-list.ts';
import { useSession } from '../session/session.ts';
import { CampaignDialog } from './campaign-dialog.tsx';
import { CampaignNumbersDialog } from './campaign-numbers-dialog.tsx';

type Campaign = Schemas['Campaign'];

/** The dialog that is open in front of the page; `campaign` is undefined for a new one. */
type Doing =
  | { readonly what: 'write'; readonly campaign: Campaign | undefined }
  | { readonly what: 'numbers' | 'delete'; readonly campaign: Campaign };

export function CampaignsSection() {
  const { client } = useSession();
  const { query, offset, move, serverOrder } = useSortedList(['campaign_alias', 'usecase']);
  const [doing, setDoing] = useState<Doing>();
  const campaigns = useResource(
    `campaigns ${JSON.stringify(query)}`,
    (signal) => answerOf(client.GET('/10dlc/Campaign/', { params: { query }, signal })),
    ['campaigns'],
    { keepsPrevious: true },
  );
  const close = () => setDoing(undefined);
  return (
    <section aria-labelledby="campaigns">
      <header class="page-header">
        <h2 id="campaigns">Campaigns</h2>
        <Button onClick={() => setDoing({ what: 'write', campaign: undefined })}>New campaign</Button>
      </header>
      <Loaded resource={campaigns}>
        {({ campaigns: rows, meta }) => (
          <>
            {rows.length === 0 ? (
              <div class="card">
                <Empty title="No campaigns">
                  <p>The numbers of a campaign share a limit of segments a minute.</p>
                </Empty>
              </div>
            ) : (
              <DataTable
                label="Campaigns"
                serverOrder={serverOrder}
                rows={rows}
                keyOf={({ campaign_id: id }) => id}
                columns={columnsOf(setDoing)}
              />
            )}
            <Pager of="Campaigns" offset={offset} total={meta.total_count} onMove={move} />
          </>
        )}
      </Loaded>
      {doing?.what === 'write' && <CampaignDialog campaign={doing.campaign} onClose={close} />}
      {doing?.what === 'numbers' && <CampaignNumbersDialog campaign={doing.campaign} onClose={close} />}
      {doing?.what === 'delete' && (
        <Confirm
          title={`Delete the campaign ${doing.campaign.campaign_alias}?`}
          verb="Delete campaign"
          act={() =>
            answerOf(
              client.DELETE('/10dlc/Campaign/{campaign_id}/', {
                params: { path: { campaign_id: doing.campaign.campaign_id } },
              }),
            )
          }
          onClose={close}
        >
          <p>Its numbers keep to no limit of a campaign from then on.</p>
        </Confirm>
      )}
    </section>
  );
}

/** Returns the columns; those that sort have the API's names of the orders. */
const columnsOf = (onDo: (doing: Doing) => void): readonly Column<Campaign>[] => [
  {
    id: 'campaign_alias',
    label: 'Name',
    kind: 'name',
    isHeader: true,
    sortBy: ({ campaign_alias: name }) => name,
    cell: ({ campaign_alias: name }) => name,
  },
  {
    id: 'id',
    label: 'Id',
    kind: 'code',
    onPhone: 'line',
    cell: ({ campaign_id: id, brand_id: brand }) => (
      <>
        {id}
        <span class="detail">of {brand}</span>
      </>
    ),
  },
  {
    id: 'usecase',
    label: 'Use case',
    onPhone: 'line',
    sortBy: ({ usecase }) => usecase,
    cell: ({ usecase }) => usecase,
  },
  {
    id: 'limit',
    label: 'Segments a minute',
    title: 'Of all its numbers together',
    kind: 'number',
    cell: ({ segments_per_minute: limit, has_own_limit: isOwn, mno_metadata: carriers }) => (
      <>
        {limit === null ? 'no limit' : count(limit)}
        {!isOwn && <span class="detail">AT&T class {carriers['AT&T'].message_class}</span>}
      </>
    ),
  },
  {
    id: 'actions',
    label: 'Actions',
    kind: 'actions',
    cell: (campaign) => (
      <>
        <Button
          kind="quiet"
          aria-label={`Numbers of the campaign ${campaign.campaign_alias}`}
          onClick={() => onDo({ what: 'numbers', campaign })}
        >
          Numbers
        </Button>
        <Button
          kind="quiet"
          aria-label={`Change the campaign ${campaign.campaign_alias}`}
          onClick={() => onDo({ what: 'write', campaign })}
        >
          Change
        </Button>
        <Button
          kind="quiet"
          aria-label={`Delete the campaign ${campaign.campaign_alias}`}
          onClick={() => onDo({ what: 'delete', campaign })}
        >
          Delete …
        </Button>
      </>
    ),
  },
];
