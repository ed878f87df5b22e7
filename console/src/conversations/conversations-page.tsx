// The inbox: with whom the account exchanges messages, those who wait for an answer first at hand.
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { atLeast } from '../live/intervals.ts';
import { useResource } from '../live/use-resource.ts';
import { PowerpackSelect } from '../messages/powerpack-select.tsx';
import { usePowerpacks } from '../messages/use-powerpacks.ts';
import { choiceOf } from '../parts/address.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { HeldList } from '../parts/held-list.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { Pager, pageSize } from '../parts/pager.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useSortedAddress } from '../parts/use-sorted-list.ts';
import { useSession } from '../session/session.ts';
import { ConversationTable } from './conversation-table.tsx';
import { OpenConversation } from './open-conversation.tsx';

const kinds = ['unanswered', 'replied', 'opted_out', 'all'] as const;
type Kind = (typeof kinds)[number];

const kindWords: Readonly<Record<Kind, string>> = {
  unanswered: 'Unanswered',
  replied: 'Replied',
  opted_out: 'Opted out',
  all: 'All',
};

const nothingWords: Readonly<Record<Kind, string>> = {
  unanswered: 'Everybody has an answer',
  replied: 'No recipient has written back yet',
  opted_out: 'No recipient has opted out',
  all: 'No message has been exchanged yet',
};

/** Returns the wait before the next request: listing reads thousands of messages. */
const interval = atLeast(2000);

export function ConversationsPage() {
  const { client } = useSession();
  const address = useAddress();
  const list = useSortedAddress(['number', 'last_message', 'received']);
  const { powerpack = '', number = '' } = address.query;
  const kind = choiceOf(kinds, address.query.kind) ?? 'unanswered';
  const powerpacks = usePowerpacks(powerpack).data ?? [];
  const query = {
    kind,
    ...list.query,
    ...(powerpack && { powerpack_uuid: powerpack }),
    ...(number && { number }),
  };
  const key = JSON.stringify(query);
  const conversations = useResource(
    `conversations ${key}`,
    (signal) => answerOf(client.GET('/Conversation/', { params: { query }, signal })),
    ['messages'],
    { interval, keepsPrevious: true },
  );
  const only = powerpacks.length === 1 ? powerpacks[0]?.uuid : undefined;
  const opened = powerpack === '' ? only : powerpack;
  return (
    <Page title="Conversations">
      <Tabs
        label="Which conversations"
        tabs={kinds.map((one) => ({
          href: addressOf(one, powerpack),
          label: kindWords[one],
          isCurrent: one === kind,
        }))}
      />
      <div class="filters">
        <TextField
          label="Number has"
          type="search"
          inputMode="tel"
          placeholder="415 555"
          value={number}
          maxLength={40}
          onChange={(text) => address.filter({ number: text.trim() })}
        />
        <PowerpackSelect
          label="Powerpack"
          none="Any"
          powerpacks={powerpacks}
          value={powerpack}
          onChange={(uuid) => address.filter({ powerpack: uuid })}
        />
        {opened !== undefined && <OpenConversation powerpack={opened} />}
      </div>
      <Loaded resource={conversations}>
        {({ meta, objects }) =>
          objects.length === 0 ? (
            <div class="card">
              <Empty title={number === '' ? nothingWords[kind] : 'No conversation with such a number'}>
                {kind === 'unanswered' && number === '' && (
                  <p>Who writes back without getting an answer is listed here.</p>
                )}
                <ButtonLink href="/console/send">Send a message</ButtonLink>
              </Empty>
            </div>
          ) : (
            <>
              <HeldList
                rows={objects}
                keyOf={keyOf}
                listKey={key}
                isLoading={conversations.isLoading}
                size={pageSize}
              >
                {(rows) => <ConversationTable conversations={rows} order={list.serverOrder} keyOf={keyOf} />}
              </HeldList>
              <Pager offset={meta.offset} total={meta.total_count} onMove={list.move} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const keyOf = ({ number, powerpack_uuid: uuid }: Schemas['ConversationSummary']): string =>
  `${uuid} ${number}`;

const addressOf = (kind: Kind, powerpack: string): string =>
  `/console/conversations?kind=${kind}${powerpack === '' ? '' : `&powerpack=${powerpack}`}`;
