// The numbers of a campaign: what is used of its limits, who is in it, and assigning more.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { DialogForm } from '../parts/dialog-form.tsx';
import { counted, phoneNumber } from '../parts/format.ts';
import { Meter } from '../parts/meter.tsx';
import { Loaded } from '../parts/page.tsx';
import { TextArea } from '../parts/text-field.tsx';
import { useAction } from '../parts/use-action.ts';
import { useSession } from '../session/session.ts';

interface Props {
  readonly campaign: Schemas['Campaign'];
  readonly onClose: () => void;
}

export function CampaignNumbersDialog({ campaign, onClose }: Props) {
  const { client } = useSession();
  const [text, setText] = useState('');
  const path = { campaign_id: campaign.campaign_id };
  const numbers = useResource(
    `campaign numbers ${campaign.campaign_id}`,
    async (signal) => {
      const params = { path };
      const [{ usage }, { phone_numbers: found, meta }] = await Promise.all([
        answerOf(client.GET('/10dlc/Campaign/{campaign_id}/', { params, signal })),
        answerOf(client.GET('/10dlc/Campaign/{campaign_id}/Number/', { params, signal })),
      ]);
      return { usage, found, total: meta.total_count };
    },
    ['campaigns'],
  );
  const link = () =>
    answerOf(
      client.POST('/10dlc/Campaign/{campaign_id}/Number/', { params: { path }, body: { numbers: text } }),
    );
  return (
    <DialogForm
      title={`Numbers of the campaign ${campaign.campaign_alias}`}
      verb="Assign numbers"
      disabled={text.trim() === ''}
      act={link}
      onClose={onClose}
    >
      <Loaded resource={numbers}>
        {({ usage, found, total }) => (
          <>
            <dl class="facts">
              <dt>Last minute</dt>
              <dd>
                <Meter
                  label="Segments of the last minute"
                  value={usage.segments_last_minute}
                  limit={campaign.segments_per_minute}
                />
              </dd>
              <dt>Today, its brand</dt>
              <dd>
                <Meter
                  label="Segments of the day"
                  value={usage.segments_today}
                  limit={usage.daily_segments}
                />
              </dd>
            </dl>
            <p>
              {total === 0 ? 'It has no numbers yet.' : `It has ${counted(total, 'number')}`}
              {total > found.length && `; the first ${found.length} are`}
              {total > 0 && ':'}
            </p>
            <ul>
              {found.map(({ number }) => (
                <CampaignNumber key={number} campaignId={campaign.campaign_id} number={number} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <TextArea
        label="Numbers to assign"
        hint="Long codes of the US, with commas between them."
        rows={3}
        value={text}
        onInput={setText}
      />
    </DialogForm>
  );
}

function CampaignNumber({ campaignId, number }: { readonly campaignId: string; readonly number: string }) {
  const { client } = useSession();
  const params = { path: { campaign_id: campaignId, number } };
  const unlink = useAction(() =>
    answerOf(client.DELETE('/10dlc/Campaign/{campaign_id}/Number/{number}/', { params })),
  );
  return (
    <li>
      <span class="code">{phoneNumber(number)}</span>{' '}
      <Button
        kind="quiet"
        aria-label={`Take ${phoneNumber(number)} out of the campaign`}
        busy={unlink.isRunning}
        onClick={() => unlink.run()}
      >
        Take out
      </Button>
    </li>
  );
}
