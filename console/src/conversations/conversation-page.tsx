// A conversation between the numbers of a powerpack and one handset, from both sides where the network is simulated.
import { useRoute } from 'preact-iso/router';
import { answerOf } from '../../../client/src/client.ts';
import { isMissing } from '../live/missing.ts';
import { useResource } from '../live/use-resource.ts';
import { oursOf } from '../messages/two-sides.ts';
import type { Powerpack } from '../messages/use-powerpacks.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { phoneNumber } from '../parts/format.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { useSession } from '../session/session.ts';
import { ConversationCallbacks } from './conversation-callbacks.tsx';
import { PoolComposer } from './pool-composer.tsx';
import { SimulatedHandset } from './simulated-handset.tsx';
import { Thread } from './thread.tsx';
import { type Conversation, useConversation } from './use-conversation.ts';
import { useSimulator } from './use-simulator.ts';

export function ConversationPage() {
  const { powerpack: uuid = '', handset = '' } = useRoute().params;
  const { client } = useSession();
  const params = { path: { powerpack_uuid: uuid } };
  const powerpack = useResource(
    `powerpack of conversation ${uuid}`,
    (signal) => answerOf(client.GET('/Powerpack/{powerpack_uuid}/', { params, signal })),
    ['powerpacks'],
  );
  const parent = { href: `/console/conversations?powerpack=${uuid}`, label: 'Conversations' };
  if (isMissing(powerpack.error)) return <NoPowerpack />;
  return (
    <Page title={`Conversation with ${phoneNumber(handset)}`} parent={parent}>
      <Loaded resource={powerpack}>{(found) => <BothSides powerpack={found} handset={handset} />}</Loaded>
    </Page>
  );
}

interface SidesProps {
  readonly powerpack: Powerpack;
  readonly handset: string;
}

function BothSides({ powerpack, handset }: SidesProps) {
  const conversation = useConversation(powerpack.uuid, handset);
  const isSimulated = useSimulator();
  return (
    <Loaded resource={conversation}>
      {(data) => (
        <>
          <div class={isSimulated === false ? 'conversation' : 'conversation with-handset'}>
            <section class="card" aria-label="Conversation">
              <Thread conversation={data} showEarlier={conversation.showEarlier} />
              <PoolComposer powerpack={powerpack} handset={handset} />
            </section>
            {isSimulated === true && (
              <section class="card" aria-label="Simulated handset">
                <h2>The handset {phoneNumber(handset)}</h2>
                <Handset powerpack={powerpack} handset={handset} conversation={data} />
              </section>
            )}
          </div>
          <ConversationCallbacks messages={data.messages} />
        </>
      )}
    </Loaded>
  );
}

function Handset({ powerpack, handset, conversation }: SidesProps & { readonly conversation: Conversation }) {
  const { client } = useSession();
  const params = { path: { powerpack_uuid: powerpack.uuid } };
  const pool = useResource(
    `pool ${powerpack.uuid}`,
    (signal) => answerOf(client.GET('/Powerpack/{powerpack_uuid}/Queue/', { params, signal })),
    ['powerpacks', 'numbers'],
  );
  return (
    <Loaded resource={pool}>
      {({ objects }) => {
        const used = conversation.messages.map(oursOf);
        const numbers = [...new Set([...used, ...objects.map(({ number }) => number)])];
        return <SimulatedHandset powerpack={powerpack} handset={handset} numbers={numbers} />;
      }}
    </Loaded>
  );
}

function NoPowerpack() {
  return (
    <Page title="No such powerpack" parent={{ href: '/console/conversations', label: 'Conversations' }}>
      <div class="card">
        <Empty title="This account has no powerpack at this address">
          <ButtonLink href="/console/conversations">Back to the conversations</ButtonLink>
        </Empty>
      </div>
    </Page>
  );
}
