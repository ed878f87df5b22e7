// The sticky sender of each recipient of a powerpack.
import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso/router';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { counted, phoneNumber } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { Pager } from '../parts/pager.tsx';
import { showToast } from '../parts/toasts.tsx';
import { PowerpackFrame } from '../powerpacks/powerpack-frame.tsx';
import { MappingTable } from './mapping-table.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { RecipientLookUp } from './recipient-look-up.tsx';
import { addressOf, viewOf } from './sticky-address.ts';
import { useMappings, useStickyCalls } from './use-sticky.ts';

export function StickyPage() {
  const { uuid = '' } = useRoute().params;
  return (
    <PowerpackFrame uuid={uuid}>
      {(powerpack) => (powerpack.sticky_sender ? <Sticky uuid={uuid} /> : <StickyOff uuid={uuid} />)}
    </PowerpackFrame>
  );
}

function StickyOff({ uuid }: { readonly uuid: string }) {
  return (
    <div class="card">
      <Empty title="Sticky sender is off">
        <p>
          Each message chooses its number anew, so one recipient may get messages from several numbers. With
          sticky sender on, each recipient gets all messages from the number of the first one, and replies
          stay in one conversation.
        </p>
        <ButtonLink href={`/console/powerpacks/${uuid}/settings`}>Turn it on in the settings</ButtonLink>
      </Empty>
    </div>
  );
}

type Open =
  | { readonly what: 'pin' | 'reset'; readonly recipient: string }
  | { readonly what: 'reset all'; readonly total: number };

function Sticky({ uuid }: { readonly uuid: string }) {
  const { query, route } = useLocation();
  const view = viewOf(query);
  const calls = useStickyCalls(uuid);
  const page = useMappings(uuid, view.offset);
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const onPin = (recipient: string): void => setOpen({ what: 'pin', recipient });
  const onReset = (recipient: string): void => setOpen({ what: 'reset', recipient });

  return (
    <>
      <p>
        Each recipient gets all messages from the number of the first message between them. Each message
        between the two renews it; when there has been none for long, it ends. SMS and MMS share it.
      </p>
      <RecipientLookUp
        powerpackUuid={uuid}
        recipient={view.recipient}
        onLookUp={(recipient) => route(addressOf(uuid, { ...view, recipient }))}
        onPin={onPin}
        onReset={onReset}
      />
      <Loaded resource={page}>
        {({ mappings, total }) => (
          <>
            <div class="list-header">
              <h2>{counted(total, 'recipient')}</h2>
              {total > 0 && <Button onClick={() => setOpen({ what: 'reset all', total })}>Reset all</Button>}
            </div>
            {total === 0 ? (
              <div class="card">
                <Empty title="No recipient has a sticky sender yet">
                  <p>The first message to or from a recipient sets one.</p>
                </Empty>
              </div>
            ) : (
              <MappingTable
                powerpackUuid={uuid}
                mappings={mappings}
                isBusy={page.isLoading}
                onPin={onPin}
                onReset={onReset}
              />
            )}
            <Pager
              offset={view.offset}
              total={total}
              onMove={(offset) => route(addressOf(uuid, { ...view, offset }))}
            />
          </>
        )}
      </Loaded>
      {open?.what === 'pin' && (
        <PinDialog calls={calls} powerpackUuid={uuid} recipient={open.recipient} onClose={close} />
      )}
      {open?.what === 'reset' && (
        <Confirm
          title={`Reset ${phoneNumber(open.recipient)}?`}
          verb="Reset"
          onClose={close}
          act={async () => {
            await calls.reset(open.recipient);
            showToast(`${phoneNumber(open.recipient)} was reset.`);
          }}
        >
          <p>The next message to this recipient chooses a number anew. Queued messages keep theirs.</p>
        </Confirm>
      )}
      {open?.what === 'reset all' && (
        <Confirm
          title={`Reset all ${counted(open.total, 'recipient')}?`}
          verb="Reset all"
          onClose={close}
          act={async () => showToast(`${counted(await calls.resetAll(), 'recipient')} were reset.`)}
        >
          <p>
            Each recipient may get the next message from another number, and open conversations may go on from
            elsewhere. This cannot be undone. Queued messages keep their number.
          </p>
        </Confirm>
      )}
    </>
  );
}
