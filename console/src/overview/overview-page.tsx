// The overview: the state of the account on one page.
import { ChartFigure } from '../charts/chart-figure.tsx';
import { useEvery } from '../live/use-every.ts';
import { useResource } from '../live/use-resource.ts';
import { moment } from '../parts/format.ts';
import { Notice } from '../parts/notice.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { useSession } from '../session/session.ts';
import { describeTraffic, totalOf } from '../traffic/sentences.ts';
import { trafficChart } from '../traffic/traffic-charts.ts';
import { figuresEveryMs, trafficInterval } from '../traffic/use-traffic.ts';
import { concernsOf } from './attention.ts';
import { Concerns } from './concerns.tsx';
import { firstSteps } from './first-steps.ts';
import { FirstStepsList } from './first-steps-list.tsx';
import { loadOverview, type Overview } from './load-overview.ts';
import { PowerpackTable } from './powerpack-table.tsx';
import { Tiles } from './tiles.tsx';

export function OverviewPage() {
  const { client } = useSession();
  const overview = useResource(
    'overview',
    (signal) => loadOverview(client, signal),
    ['messages', 'webhooks', 'powerpacks', 'numbers', 'applications'],
    { interval: trafficInterval },
  );
  useEvery(figuresEveryMs, overview.reload);
  return (
    <Page title="Overview">
      <Loaded resource={overview}>{(data) => <Situation overview={data} />}</Loaded>
    </Page>
  );
}

function Situation({ overview }: { readonly overview: Overview }) {
  const { powerpacks, powerpackCount, traffic, failedCallbacks, sentMessages, hasApplication } = overview;
  const withMembers = powerpacks.find(({ members }) => members > 0);
  const steps = firstSteps({
    powerpackUuid: (withMembers ?? powerpacks[0])?.powerpack_uuid,
    hasMember: withMembers !== undefined,
    sentMessages,
    hasApplication,
  });
  const { buckets } = traffic;
  return (
    <div class="overview">
      <FirstStepsList steps={steps} />
      {powerpackCount > 0 && (
        <>
          <Concerns concerns={concernsOf({ powerpacks, lastHour: totalOf(buckets), failedCallbacks })} />
          <Tiles overview={overview} />
          <ChartFigure
            title="Traffic of the last hour"
            sentence={describeTraffic(buckets, 'in the last hour')}
            chart={trafficChart(buckets, 'minute')}
          />
          {!traffic.complete && (
            <Notice tone="info">
              Of the last hour, every message from {moment(traffic.complete_from)} on is counted.
            </Notice>
          )}
        </>
      )}
      {(powerpackCount > 0 || steps.length === 0) && (
        <PowerpackTable powerpacks={powerpacks} total={powerpackCount} />
      )}
    </div>
  );
}
