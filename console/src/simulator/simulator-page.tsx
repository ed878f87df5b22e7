// The carrier that is none: what it does with messages, what it was given, and the time that can be turned.
import { answerOf } from '../../../client/src/client.ts';
import { isSubaccount } from '../accounts/subaccount-choice.tsx';
import { isMissing } from '../live/missing.ts';
import { useResource } from '../live/use-resource.ts';
import { Empty } from '../parts/empty.tsx';
import { Loaded, Page, Together } from '../parts/page.tsx';
import { useSession } from '../session/session.ts';
import { ClockSection } from './clock-section.tsx';
import { RuleSentences } from './rule-sentences.tsx';
import { RulesSection } from './rules-section.tsx';
import { SubmissionsSection } from './submissions-section.tsx';

export function SimulatorPage() {
  const { client, account } = useSession();
  const rules = useResource(
    'simulator rules',
    (signal) => answerOf(client.GET('/Simulator/Rule/', { signal })),
    // What it has decided changes with every message that it is given.
    ['simulator', 'messages'],
  );
  if (isMissing(rules.error)) return <NoSimulator />;
  return (
    <Page title="Simulator">
      <p class="quiet">
        This server’s carrier is a simulation: nothing goes to the telephone network. Here you decide how the
        carrier behaves, and see what handsets would have got. To write from a handset, open{' '}
        <a href="/console/conversations">Conversations</a>.
      </p>
      <ClockSection canTurn={!isSubaccount(account)} />
      <Together resources={[rules]}>
        <Loaded resource={rules}>
          {(found) =>
            isSubaccount(account) ? (
              <section class="card">
                <h2>Rules</h2>
                <p class="hint">They are of the whole server: a main account can change them.</p>
                <RuleSentences rules={found.rules} decided={found.decided} />
              </section>
            ) : (
              <RulesSection inForce={found} reload={rules.reload} />
            )
          }
        </Loaded>
        <SubmissionsSection />
      </Together>
    </Page>
  );
}

function NoSimulator() {
  return (
    <Page title="Simulator">
      <div class="card">
        <Empty title="This server has a real carrier">
          <p>The simulator is there only where it is the carrier, so there is nothing to simulate here.</p>
        </Empty>
      </div>
      <ClockSection canTurn={false} />
    </Page>
  );
}
