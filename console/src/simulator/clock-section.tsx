// The server's time, which can be frozen and turned where the server allows it.
import { useEffect, useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { unlessMissing } from '../live/missing.ts';
import { useResource } from '../live/use-resource.ts';
import { Badge } from '../parts/badge.tsx';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { moment } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';

/** Shows the clock. `canTurn`: a main account may turn it; a subaccount only reads it. */
export function ClockSection({ canTurn }: { readonly canTurn: boolean }) {
  const { client } = useSession();
  const clock = useResource(
    'clock',
    (signal) => unlessMissing(answerOf(client.GET('/Simulator/Clock/', { signal }))),
    ['simulator'],
  );
  return (
    <section class="card clock" aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <Loaded resource={clock}>
        {(shown) =>
          shown === null ? (
            <NoClock />
          ) : (
            <>
              <ServerTime key={`${shown.time} ${shown.frozen}`} clock={shown} />
              {canTurn ? (
                <ClockControls clock={shown} reload={clock.reload} />
              ) : (
                <p class="hint">A main account can freeze and advance it.</p>
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function NoClock() {
  return (
    <p>
      The time of this server is the real one and cannot be turned. To try out waits, expiries and retries in
      seconds instead of days, start the server with <code>RUCKSACK_VIRTUAL_CLOCK=on</code> (
      <code>docs/operating.md</code>). It is meant for trying out and tests, never for real traffic.
    </p>
  );
}

/** Shows the server's time, which goes on by itself from the time of the response. */
function ServerTime({ clock: { time, frozen } }: { readonly clock: Schemas['Clock'] }) {
  const [passedMs, setPassedMs] = useState(0);
  useEffect(() => {
    if (frozen) return undefined;
    const startedAt = performance.now();
    const timer = setInterval(() => setPassedMs(performance.now() - startedAt), 1000);
    return () => clearInterval(timer);
  }, [frozen]);
  return (
    <p class="server-time">
      <strong>{moment(new Date(new Date(time).getTime() + passedMs))}</strong>{' '}
      <Badge tone={frozen ? 'warn' : 'good'}>{frozen ? 'Frozen' : 'Running'}</Badge>
    </p>
  );
}

const steps = [
  { seconds: 60, label: '1 min' },
  { seconds: 3600, label: '1 h' },
  { seconds: 86_400, label: '1 day' },
  { seconds: 15 * 86_400, label: '15 days' },
];
const maxSeconds = 366 * 24 * 3600;

interface ControlsProps {
  readonly clock: Schemas['Clock'];
  readonly reload: () => void;
}

function ClockControls({ clock: { frozen }, reload }: ControlsProps) {
  const { client } = useSession();
  const [seconds, setSeconds] = useState('90');
  const turning = useAction(async (body: Schemas['TurnClockInput']) => {
    await answerOf(client.POST('/Simulator/Clock/', { body }));
    reload();
    if (body.action === 'advance')
      showToast('The clock was advanced; everything that fell due on the way is done.');
  });
  return (
    <>
      <p class="hint">
        Everything of the server goes by this time: queues, retries, expiries, reports. Turning it does all
        that falls due on the way.
      </p>
      <div class="clock-controls">
        <Button
          busy={turning.isRunning}
          onClick={() => turning.run({ action: frozen ? 'resume' : 'freeze' })}
        >
          {frozen ? 'Resume' : 'Freeze'}
        </Button>
        {steps.map((step) => (
          <Button
            key={step.seconds}
            busy={turning.isRunning}
            aria-label={`Advance by ${step.label}`}
            onClick={() => turning.run({ action: 'advance', seconds: step.seconds })}
          >
            + {step.label}
          </Button>
        ))}
        <form
          class="clock-controls"
          aria-label="Advance the clock"
          onSubmit={(event) => {
            event.preventDefault();
            void turning.run({ action: 'advance', seconds: Number(seconds) });
          }}
        >
          <TextField
            label="Seconds"
            type="number"
            required
            min={1}
            max={maxSeconds}
            step={1}
            value={seconds}
            onInput={setSeconds}
          />
          <Button type="submit" busy={turning.isRunning}>
            Advance
          </Button>
        </form>
      </div>
      <Failure error={turning.error} />
    </>
  );
}
