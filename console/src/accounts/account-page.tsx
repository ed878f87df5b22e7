// The account: who it is, its token, its subaccounts.
import { answerOf } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Loaded, Page } from '../parts/page.tsx';
import { useSession } from '../session/session.ts';
import { AccountForm } from './account-form.tsx';
import { KeysSection } from './keys-section.tsx';
import { NameReviewsSection } from './name-reviews-section.tsx';
import { NamesSection } from './names-section.tsx';
import { isSubaccount } from './subaccount-choice.tsx';
import { SubaccountsSection } from './subaccounts-section.tsx';
import { TokenSection } from './token-section.tsx';

export function AccountPage() {
  const { client, account } = useSession();
  const shown = useResource('account', (signal) => answerOf(client.GET('/', { signal })), ['account']);
  return (
    <Page title="Account">
      <p>
        <a href="/console/account/changes">Changes</a>: who changed what, when and from where.{' '}
        <a href="/console/account/requests">Requests</a>: what was asked and answered, by its api_id.
      </p>
      <Loaded resource={{ ...shown, data: shown.data ?? account }}>
        {(found) => (
          <div class="columns account">
            <AccountForm account={found} />
            <TokenSection />
          </div>
        )}
      </Loaded>
      <KeysSection />
      <NamesSection />
      {!isSubaccount(account) && <NameReviewsSection />}
      {!isSubaccount(account) && <SubaccountsSection />}
    </Page>
  );
}
