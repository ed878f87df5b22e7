// Takes a member out of its pool, after saying what that does.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Confirm } from '../parts/confirm.tsx';
import { phoneNumber } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';
import type { Member } from './member-words.ts';
import { consequencesOf } from './removal-words.ts';
import { RentChoice } from './rent-choice.tsx';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly powerpack: Schemas['Powerpack'];
  readonly member: Member;
  readonly onClose: () => void;
}

export function RemoveMember({ pool, powerpack, member, onClose }: Props) {
  const [unrents, setUnrents] = useState(false);
  const load = useLoad(powerpack.uuid, member);
  const number = phoneNumber(member.number);
  const isNumber = member.type !== 'shortcode' && member.type !== 'alphanumeric';

  return (
    <Confirm
      title={`Remove ${number} from the pool?`}
      verb={unrents ? 'Remove and unrent' : 'Remove'}
      onClose={onClose}
      act={async () => {
        await pool.remove(member, unrents);
        showToast(unrents ? `${number} was removed and unrented.` : `${number} was removed from the pool.`);
      }}
    >
      {isNumber && <RentChoice unrents={unrents} onChange={setUnrents} />}
      <Loaded resource={load}>
        {({ queued, stickyRecipients }) => (
          <ul class="consequences">
            {consequencesOf({
              kind: member.type,
              unrents,
              queued,
              stickyRecipients,
              hasApplication: powerpack.application_id !== '',
            }).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </Loaded>
    </Confirm>
  );
}

/** Loads the member's queue and its sticky recipients. */
function useLoad(powerpack_uuid: string, { number, type, country_iso2 }: Member) {
  const { client } = useSession();
  const path = { powerpack_uuid };
  return useResource(
    `removal ${powerpack_uuid} ${number} ${country_iso2}`,
    async (signal) => {
      const [queues, sticky] = await Promise.all([
        answerOf(
          client.GET('/Powerpack/{powerpack_uuid}/Queue/', {
            // A name is no digits, and belongs to no country.
            params: {
              path,
              query: type === 'alphanumeric' ? { type } : { starts_with: number, type, country_iso2 },
            },
            signal,
          }),
        ),
        // No conversation stays with a name.
        type === 'alphanumeric'
          ? undefined
          : answerOf(
              client.GET('/Powerpack/{powerpack_uuid}/Sticky/', {
                params: { path, query: { number, limit: 1 } },
                signal,
              }),
            ),
      ]);
      const member = queues.objects.find((one) => one.number === number);
      return { queued: member?.queued ?? 0, stickyRecipients: sticky?.meta.total_count ?? 0 };
    },
    ['messages', 'powerpacks'],
  );
}
