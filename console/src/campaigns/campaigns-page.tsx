// 10DLC: the brands and campaigns of the account, their limits, and what is used of these.
import { Page } from '../parts/page.tsx';
import { BrandsSection } from './brands-section.tsx';
import { CampaignsSection } from './campaigns-section.tsx';

export function CampaignsPage() {
  return (
    <Page title="10DLC">
      <p class="quiet">
        Carriers of the US limit long codes by the campaign that they send for, all its numbers together.
        Brands and campaigns are registered elsewhere; what is kept here is what the server keeps to.
      </p>
      <BrandsSection />
      <CampaignsSection />
    </Page>
  );
}
