// THE PAGE: every address of the console and what it shows, one per line.
import { Route, Router } from 'preact-iso';
import { AccountPage } from './accounts/account-page.tsx';
import { ChangesPage } from './accounts/changes-page.tsx';
import { ApplicationPage } from './applications/application-page.tsx';
import { ApplicationsPage } from './applications/applications-page.tsx';
import { NewApplicationPage } from './applications/new-application-page.tsx';
import { CarriersPage } from './carriers/carriers-page.tsx';
import { ConversationPage } from './conversations/conversation-page.tsx';
import { ConversationsPage } from './conversations/conversations-page.tsx';
import { MessagePage } from './messages/message-page.tsx';
import { MessagesPage } from './messages/messages-page.tsx';
import { NumberPage } from './numbers/number-page.tsx';
import { NumbersPage } from './numbers/numbers-page.tsx';
import { OwnNumbersPage } from './numbers/own-numbers-page.tsx';
import { RentPage } from './numbers/rent-page.tsx';
import { OptOutsPage } from './opt-outs/opt-outs-page.tsx';
import { OptOutPersonPage } from './opt-outs/person-page.tsx';
import { OverviewPage } from './overview/overview-page.tsx';
import { PoolPage } from './pool/pool-page.tsx';
import { DeletePowerpackPage } from './powerpacks/delete-powerpack-page.tsx';
import { NewPowerpackPage } from './powerpacks/new-powerpack-page.tsx';
import { PowerpackSettingsPage } from './powerpacks/powerpack-settings-page.tsx';
import { PowerpacksPage } from './powerpacks/powerpacks-page.tsx';
import { SendPage } from './send/send-page.tsx';
import { NothingHerePage } from './shell/nothing-here-page.tsx';
import { SimulatorPage } from './simulator/simulator-page.tsx';
import { StickyPage } from './sticky/sticky-page.tsx';
import { TrafficPage } from './traffic/traffic-page.tsx';
import { WebhookPage } from './webhooks/webhook-page.tsx';
import { WebhooksPage } from './webhooks/webhooks-page.tsx';

// biome-ignore format: one line a page
export function Pages() {
  return (
    <Router>
      <Route path="/console"                             component={OverviewPage} />
      <Route path="/console/powerpacks"                  component={PowerpacksPage} />
      <Route path="/console/powerpacks/new"              component={NewPowerpackPage} />
      <Route path="/console/powerpacks/:uuid"            component={PoolPage} />
      <Route path="/console/powerpacks/:uuid/sticky"     component={StickyPage} />
      <Route path="/console/powerpacks/:uuid/traffic"    component={TrafficPage} />
      <Route path="/console/powerpacks/:uuid/settings"   component={PowerpackSettingsPage} />
      <Route path="/console/powerpacks/:uuid/delete"     component={DeletePowerpackPage} />
      <Route path="/console/send"                        component={SendPage} />
      <Route path="/console/conversations"               component={ConversationsPage} />
      <Route path="/console/conversations/:powerpack/:handset" component={ConversationPage} />
      <Route path="/console/messages"                    component={MessagesPage} />
      <Route path="/console/messages/:uuid"              component={MessagePage} />
      <Route path="/console/opt-outs"                    component={OptOutsPage} />
      <Route path="/console/opt-outs/:destination"       component={OptOutPersonPage} />
      <Route path="/console/webhooks"                    component={WebhooksPage} />
      <Route path="/console/webhooks/:uuid"              component={WebhookPage} />
      <Route path="/console/numbers"                     component={NumbersPage} />
      <Route path="/console/numbers/rent"                component={RentPage} />
      <Route path="/console/numbers/own"                 component={OwnNumbersPage} />
      <Route path="/console/numbers/:number"             component={NumberPage} />
      <Route path="/console/applications"                component={ApplicationsPage} />
      <Route path="/console/applications/new"            component={NewApplicationPage} />
      <Route path="/console/applications/:id"            component={ApplicationPage} />
      <Route path="/console/carriers"                    component={CarriersPage} />
      <Route path="/console/simulator"                   component={SimulatorPage} />
      <Route path="/console/account"                     component={AccountPage} />
      <Route path="/console/account/changes"             component={ChangesPage} />
      <Route default                                     component={NothingHerePage} />
    </Router>
  );
}
