// The outcome of a powerpack's messages over time, and their senders.
import { useRef } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso/router';
import { Loaded } from '../parts/page.tsx';
import { type Powerpack, PowerpackFrame } from '../powerpacks/powerpack-frame.tsx';
import { TrafficFigures } from './traffic-figures.tsx';
import { type Traffic, useTraffic } from './use-traffic.ts';
import { WindowChoice } from './window-choice.tsx';
import { type TrafficWindow, windowOf } from './windows.ts';

export function TrafficPage() {
  const { uuid = '' } = useRoute().params;
  return (
    <PowerpackFrame key={uuid} uuid={uuid}>
      {(powerpack) => <PowerpackTraffic powerpack={powerpack} />}
    </PowerpackFrame>
  );
}

interface Shown {
  readonly window: TrafficWindow;
  readonly traffic: Traffic;
}

function PowerpackTraffic({ powerpack }: { readonly powerpack: Powerpack }) {
  const chosen = windowOf(useLocation().query);
  const resource = useTraffic(powerpack.uuid, chosen);
  const shown = useRef<Shown | undefined>(undefined);
  if (resource.data !== undefined) shown.current = { window: chosen, traffic: resource.data };
  // While another window is awaited the one before stays, so that nothing moves.
  const data = shown.current;
  return (
    <>
      <WindowChoice chosen={chosen} />
      <div class={resource.isLoading ? 'stale' : ''} aria-busy={resource.isLoading}>
        <Loaded resource={{ ...resource, data }}>
          {({ window, traffic }) => (
            <TrafficFigures powerpack={powerpack} window={window} traffic={traffic} />
          )}
        </Loaded>
      </div>
    </>
  );
}
