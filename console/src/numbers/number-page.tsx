// One rented number: how it is doing, what it is called, where its messages go, and giving it up.
import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso/router';
import { answerOf, RucksackError } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Empty } from '../parts/empty.tsx';
import { phoneNumber } from '../parts/format.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { PowerpackLink } from '../parts/powerpack-link.tsx';
import { loadPowerpackNames, type PowerpackNames } from '../parts/powerpack-names.ts';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import { NumberForm } from './number-form.tsx';
import { NumberHealth } from './number-health.tsx';
import { type RentedNumber, servicesOf, typeWords } from './number-words.ts';
import { UnrentConsequences } from './unrent-consequences.tsx';

const parent = { href: '/console/numbers', label: 'Numbers' };

export function NumberPage() {
  const { client } = useSession();
  const { route } = useLocation();
  const { number: digits = '' } = useRoute().params;
  const [isLeaving, setLeaving] = useState(false);
  const params = { path: { number: digits } };
  const number = useResource(
    `number ${digits}`,
    async (signal) => {
      const found = await answerOf(client.GET('/Number/{number}/', { params, signal }));
      return { found, names: await loadPowerpackNames(client, [found.powerpack_uuid], signal) };
    },
    ['numbers', 'powerpacks', 'applications'],
  );
  if (number.error instanceof RucksackError && number.error.status < 500 && number.data === undefined) {
    return <MissingNumber />;
  }
  const shown = number.data;
  return (
    <Page
      title={phoneNumber(digits)}
      parent={parent}
      actions={
        <Button disabled={shown === undefined} onClick={() => setLeaving(true)}>
          Unrent …
        </Button>
      }
    >
      <Loaded resource={number}>
        {({ found, names }) => (
          <>
            <Facts number={found} names={names} />
            <NumberHealth number={digits} powerpack={found.powerpack_uuid} />
            <NumberForm number={found} names={names} />
          </>
        )}
      </Loaded>
      {isLeaving && shown !== undefined && (
        <Confirm
          title={`Unrent ${phoneNumber(digits)}?`}
          verb="Unrent number"
          act={async () => {
            await answerOf(client.DELETE('/Number/{number}/', { params }));
            showToast(`${phoneNumber(digits)} is no longer rented.`);
            route('/console/numbers', true);
          }}
          onClose={() => setLeaving(false)}
        >
          <UnrentConsequences number={shown.found} names={shown.names} />
        </Confirm>
      )}
    </Page>
  );
}

function Facts({ number, names }: { readonly number: RentedNumber; readonly names: PowerpackNames }) {
  return (
    <section class="card" aria-label="What it is">
      <dl class="facts">
        <dt>Type</dt>
        <dd>{typeWords[number.number_type]}</dd>
        <dt>Services</dt>
        <dd>{servicesOf(number)}</dd>
        <dt>Region</dt>
        <dd>{number.region || number.country}</dd>
        <dt>Carrier</dt>
        <dd>{number.carrier}</dd>
        <dt>Rented since</dt>
        <dd>{number.added_on}</dd>
        <dt>Powerpack</dt>
        <dd>
          <PowerpackLink uuid={number.powerpack_uuid} names={names} />
        </dd>
        {number.tendlc_campaign_id !== null && (
          <>
            <dt>10DLC campaign</dt>
            <dd>
              <a href="/console/campaigns">{number.tendlc_campaign_id}</a>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function MissingNumber() {
  return (
    <Page title="No such number" parent={parent}>
      <div class="card">
        <Empty title="This account does not rent a number like this">
          <p>
            A number that was unrented is held for its account for some days, and can be rented again as it
            was.
          </p>
          <ButtonLink href="/console/numbers">Back to the numbers</ButtonLink>
        </Empty>
      </div>
    </Page>
  );
}
