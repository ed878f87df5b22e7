// THE PAGE: every address of the console and what it shows, one per line. The script of a page is loaded when the page is first shown.
import type { ComponentType } from 'preact';
import lazy from 'preact-iso/lazy';
import { Route, Router } from 'preact-iso/router';
import { NothingHerePage } from './shell/nothing-here-page.tsx';
import { UnloadedPage } from './shell/unloaded-page.tsx';

/** Returns a page that loads its script when it is first shown. Where that fails, it says so. */
const page = (load: () => Promise<ComponentType>): ComponentType =>
  lazy(() => load().catch((): ComponentType => UnloadedPage));

// biome-ignore format: one line a page
const pages: readonly (readonly [path: string, page: ComponentType])[] = [
  ['/console', page(async () => (await import('./overview/overview-page.tsx')).OverviewPage)],
  ['/console/incidents', page(async () => (await import('./incidents/incidents-page.tsx')).IncidentsPage)],
  ['/console/powerpacks', page(async () => (await import('./powerpacks/powerpacks-page.tsx')).PowerpacksPage)],
  ['/console/powerpacks/new', page(async () => (await import('./powerpacks/new-powerpack-page.tsx')).NewPowerpackPage)],
  ['/console/powerpacks/:uuid', page(async () => (await import('./pool/pool-page.tsx')).PoolPage)],
  ['/console/powerpacks/:uuid/sticky', page(async () => (await import('./sticky/sticky-page.tsx')).StickyPage)],
  ['/console/powerpacks/:uuid/traffic', page(async () => (await import('./traffic/traffic-page.tsx')).TrafficPage)],
  ['/console/powerpacks/:uuid/care', page(async () => (await import('./pool/care-page.tsx')).CarePage)],
  ['/console/powerpacks/:uuid/missing', page(async () => (await import('./pool/missing-page.tsx')).MissingNumbersPage)],
  ['/console/powerpacks/:uuid/settings', page(async () => (await import('./powerpacks/powerpack-settings-page.tsx')).PowerpackSettingsPage)],
  ['/console/powerpacks/:uuid/delete', page(async () => (await import('./powerpacks/delete-powerpack-page.tsx')).DeletePowerpackPage)],
  ['/console/send', page(async () => (await import('./send/send-page.tsx')).SendPage)],
  ['/console/conversations', page(async () => (await import('./conversations/conversations-page.tsx')).ConversationsPage)],
  ['/console/conversations/:powerpack/:handset', page(async () => (await import('./conversations/conversation-page.tsx')).ConversationPage)],
  ['/console/messages', page(async () => (await import('./messages/messages-page.tsx')).MessagesPage)],
  ['/console/messages/scheduled', page(async () => (await import('./messages/scheduled-page.tsx')).ScheduledPage)],
  ['/console/messages/:uuid', page(async () => (await import('./messages/message-page.tsx')).MessagePage)],
  ['/console/opt-outs', page(async () => (await import('./opt-outs/opt-outs-page.tsx')).OptOutsPage)],
  ['/console/opt-outs/:destination', page(async () => (await import('./opt-outs/person-page.tsx')).OptOutPersonPage)],
  ['/console/webhooks', page(async () => (await import('./webhooks/webhooks-page.tsx')).WebhooksPage)],
  ['/console/webhooks/:uuid', page(async () => (await import('./webhooks/webhook-page.tsx')).WebhookPage)],
  ['/console/numbers', page(async () => (await import('./numbers/numbers-page.tsx')).NumbersPage)],
  ['/console/numbers/rent', page(async () => (await import('./numbers/rent-page.tsx')).RentPage)],
  ['/console/numbers/own', page(async () => (await import('./numbers/own-numbers-page.tsx')).OwnNumbersPage)],
  ['/console/numbers/:number', page(async () => (await import('./numbers/number-page.tsx')).NumberPage)],
  ['/console/campaigns', page(async () => (await import('./campaigns/campaigns-page.tsx')).CampaignsPage)],
  ['/console/applications', page(async () => (await import('./applications/applications-page.tsx')).ApplicationsPage)],
  ['/console/applications/new', page(async () => (await import('./applications/new-application-page.tsx')).NewApplicationPage)],
  ['/console/applications/:id', page(async () => (await import('./applications/application-page.tsx')).ApplicationPage)],
  ['/console/carriers', page(async () => (await import('./carriers/carriers-page.tsx')).CarriersPage)],
  ['/console/simulator', page(async () => (await import('./simulator/simulator-page.tsx')).SimulatorPage)],
  ['/console/account', page(async () => (await import('./accounts/account-page.tsx')).AccountPage)],
  ['/console/account/changes', page(async () => (await import('./accounts/changes-page.tsx')).ChangesPage)],
  ['/console/account/requests', page(async () => (await import('./accounts/requests-page.tsx')).RequestsPage)],
];

interface Props {
  /** Is called when another page is shown. */
  readonly onShown: () => void;
}

export function Pages({ onShown }: Props) {
  return (
    <Router onRouteChange={onShown}>
      {pages.map(([path, component]) => (
        <Route key={path} path={path} component={component} />
      ))}
      <Route default component={NothingHerePage} />
    </Router>
  );
}
