// Makes a campaign, or changes its name and its limit.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useSession } from '../session/session.ts';
import { limitOfText, textOfLimit } from './limit-text.ts';

interface Props {
  /** `undefined` for a new one. */
  readonly campaign: Schemas['Campaign'] | undefined;
  readonly onClose: () => void;
}

export function CampaignDialog({ campaign, onClose }: Props) {
  const { client } = useSession();
  const [name, setName] = useState(campaign?.campaign_alias ?? '');
  const [id, setId] = useState('');
  const [brand, setBrand] = useState('');
  const [usecase, setUsecase] = useState('MIXED');
  const [limit, setLimit] = useState(
    campaign === undefined ? '' : textOfLimit(campaign.segments_per_minute, campaign.has_own_limit),
  );
  const save = () => {
    const body = { campaign_alias: name, segments_per_minute: limitOfText(limit) };
    if (campaign === undefined) {
      const made = { ...body, brand_id: brand, usecase, ...(id !== '' && { campaign_id: id }) };
      return answerOf(client.POST('/10dlc/Campaign/', { body: made }));
    }
    const path = { campaign_id: campaign.campaign_id };
    return answerOf(client.POST('/10dlc/Campaign/{campaign_id}/', { params: { path }, body }));
  };
  return (
    <DialogForm
      title={campaign === undefined ? 'New campaign' : `Campaign ${campaign.campaign_alias}`}
      verb={campaign === undefined ? 'Create campaign' : 'Save changes'}
      act={save}
      onClose={onClose}
    >
      <TextField label="Name" required maxLength={255} value={name} onInput={setName} />
      {campaign === undefined && (
        <>
          <TextField
            label="Brand"
            hint="The id of one of the brands above."
            required
            maxLength={20}
            value={brand}
            onInput={(text) => setBrand(text.toUpperCase())}
          />
          <TextField
            label="Id"
            hint="As the registry has it; left empty, one is made up."
            maxLength={20}
            value={id}
            onInput={(text) => setId(text.toUpperCase())}
          />
          <TextField
            label="Use case"
            hint="As the registry writes it, such as ACCOUNT_NOTIFICATION, MARKETING, MIXED or LOW_VOLUME."
            required
            maxLength={40}
            value={usecase}
            onInput={(text) => setUsecase(text.toUpperCase())}
          />
        </>
      )}
      <TextField
        label="Segments a minute"
        hint="Of all its numbers together. Empty: as AT&T publishes for its class; 0: no limit. It counts messages to all carriers."
        inputMode="numeric"
        value={limit}
        onInput={setLimit}
      />
    </DialogForm>
  );
}
