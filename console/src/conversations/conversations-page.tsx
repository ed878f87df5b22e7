// With whom a powerpack has been writing lately.
import { useLocation } from 'preact-iso';
import { answerOf } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { PowerpackSelect } from '../messages/powerpack-select.tsx';
import { type RecentHandset, recentHandsets } from '../messages/recent-handsets.ts';
import { usePowerpacks } from '../messages/use-powerpacks.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { useSession } from '../session/session.ts';
import { HandsetTable } from './handset-table.tsx';
import { OpenConversation } from './open-conversation.tsx';

export function ConversationsPage() {
  const { query, route } = useLocation();
  const powerpacks = usePowerpacks(query.powerpack);
  return (
    <Page title="Conversations">
      <Loaded resource={powerpacks}>
        {(list) => {
          const chosen = query.powerpack ?? list[0]?.uuid;
          if (chosen === undefined) return <NoPowerpack />;
          return (
            <>
              <div class="filters">
                <PowerpackSelect
                  label="Powerpack"
                  none="Choose a powerpack"
                  powerpacks={list}
                  value={chosen}
                  onChange={(uuid) => route(`/console/conversations?powerpack=${uuid}`)}
                />
                <OpenConversation powerpack={chosen} />
              </div>
              {chosen !== '' && <Handsets powerpack={chosen} />}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function NoPowerpack() {
  return (
    <div class="card">
      <Empty title="No powerpack yet">
        <p>A conversation is what the numbers of a powerpack and one handset write to each other.</p>
        <ButtonLink href="/console/powerpacks/new">Create a powerpack</ButtonLink>
      </Empty>
    </div>
  );
}

function Handsets({ powerpack }: { readonly powerpack: string }) {
  const handsets = useRecentHandsets(powerpack);
  return (
    <Loaded resource={handsets}>
      {(list) =>
        list.length === 0 ? (
          <div class="card">
            <Empty title="This powerpack has exchanged no message yet">
              <p>Open a conversation with a number above, or send a first message.</p>
              <ButtonLink href={`/console/send?powerpack=${powerpack}`}>Send with this powerpack</ButtonLink>
            </Empty>
          </div>
        ) : (
          <HandsetTable powerpack={powerpack} handsets={list} />
        )
      }
    </Loaded>
  );
}

/** Pages of messages that are looked through, of each direction: those who wrote are not to drown in those who were written to. */
const pagesOfEach = 3;
/** The earliest time: messages are stored for 90 days. */
const since = '1970-01-01';

function useRecentHandsets(powerpack: string) {
  const { client } = useSession();
  const load = async (signal: AbortSignal): Promise<readonly RecentHandset[]> => {
    const pages = (['inbound', 'outbound'] as const).flatMap((direction) =>
      Array.from({ length: pagesOfEach }, (_, page) => ({
        powerpack_id: powerpack,
        message_direction: direction,
        message_time__gte: since,
        offset: page * 20,
      })),
    );
    const answers = await Promise.all(
      pages.map((query) => answerOf(client.GET('/Message/', { params: { query }, signal }))),
    );
    return recentHandsets(answers.flatMap(({ objects }) => objects));
  };
  return useResource(`handsets ${powerpack}`, load, ['messages']);
}
