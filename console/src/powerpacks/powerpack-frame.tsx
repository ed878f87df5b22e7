// The frame of all pages of one powerpack: its name, and links to its other pages and to sending with it.
import type { ComponentChildren } from 'preact';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { isMissing } from '../live/missing.ts';
import { useResource } from '../live/use-resource.ts';
import { ButtonLink } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { useSession } from '../session/session.ts';

export type Powerpack = Schemas['Powerpack'];

interface Props {
  readonly uuid: string;
  /** The page itself, given the powerpack as it is now: called again when it changes. */
  readonly children: (powerpack: Powerpack) => ComponentChildren;
}

export function PowerpackFrame({ uuid, children }: Props) {
  const { client } = useSession();
  const params = { path: { powerpack_uuid: uuid } };
  const powerpack = useResource(
    `powerpack ${uuid}`,
    (signal) => answerOf(client.GET('/Powerpack/{powerpack_uuid}/', { params, signal })),
    ['powerpacks'],
  );
  if (isMissing(powerpack.error)) return <MissingPowerpack />;
  return (
    <Page
      title={powerpack.data?.name ?? 'Powerpack'}
      parent={{ href: '/console/powerpacks', label: 'Powerpacks' }}
      actions={
        <ButtonLink kind="primary" href={`/console/send?powerpack=${uuid}`}>
          Send with this powerpack
        </ButtonLink>
      }
    >
      <Tabs label="Powerpack" tabs={tabsOf(`/console/powerpacks/${uuid}`)} />
      <Loaded resource={powerpack}>{children}</Loaded>
    </Page>
  );
}

const tabsOf = (address: string) => [
  { href: address, label: 'Pool' },
  { href: `${address}/sticky`, label: 'Sticky' },
  { href: `${address}/traffic`, label: 'Traffic' },
  { href: `${address}/missing`, label: 'Missing numbers' },
  { href: `${address}/care`, label: 'Care' },
  { href: `${address}/settings`, label: 'Settings' },
];

function MissingPowerpack() {
  return (
    <Page title="No such powerpack" parent={{ href: '/console/powerpacks', label: 'Powerpacks' }}>
      <div class="card">
        <Empty title="This account has no powerpack at this address">
          <p>It may have been deleted: the list of powerpacks offers to restore what was deleted recently.</p>
          <ButtonLink href="/console/powerpacks">Back to the powerpacks</ButtonLink>
        </Empty>
      </div>
    </Page>
  );
}
