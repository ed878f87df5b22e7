// Plivo's names for the numbers of 10DLC campaigns.
import { Type } from 'typebox';
import { PageMeta, pageParameters } from '../http/page.ts';
import { NumberList, NumberSegment } from '../http/schemas.ts';
import { CampaignPath } from './campaign-wire.ts';

export const CampaignNumberPath = Type.Object({ ...CampaignPath.properties, number: NumberSegment });

export const LinkNumbersInput = Type.Object({ numbers: NumberList });

export const CampaignNumbersInput = Type.Object(pageParameters);

export const CampaignNumbersBody = Type.Object({
  campaign_alias: Type.String(),
  campaign_id: Type.String(),
  meta: PageMeta,
  phone_numbers: Type.Array(Type.Object({ number: Type.String(), status: Type.Literal('ACTIVE') })),
  usecase: Type.String(),
});

export const LinkedBody = Type.Object({ message: Type.String() });
