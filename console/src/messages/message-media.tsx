// The files of a picture message. Only what this server holds is shown; what lies elsewhere is linked, for no page asks another server.
import { useState } from 'preact/hooks';
import { answerOf, type Schemas } from '../../../client/src/client.ts';
import { useResource } from '../live/use-resource.ts';
import { Button } from '../parts/button.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { count } from '../parts/format.ts';
import { Loaded } from '../parts/page.tsx';
import { showToast } from '../parts/toasts.tsx';
import { useSession } from '../session/session.ts';

export function MessageMedia({ uuid }: { readonly uuid: string }) {
  const { client } = useSession();
  const [isAsking, setAsking] = useState(false);
  const params = { path: { message_uuid: uuid } };
  const media = useResource(
    `media ${uuid}`,
    (signal) => answerOf(client.GET('/Message/{message_uuid}/Media/', { params, signal })),
    ['media', 'messages'],
  );
  const remove = async () => {
    await answerOf(client.DELETE('/Message/{message_uuid}/Media/', { params }));
    media.reload();
    showToast('The media were deleted.');
  };
  return (
    <Loaded resource={media}>
      {({ objects }) =>
        objects.length === 0 ? (
          <p class="quiet">No media: they were deleted, or never stored.</p>
        ) : (
          <>
            <ul class="media">
              {objects.map((medium) => (
                <Medium key={medium.media_id} medium={medium} />
              ))}
            </ul>
            <Button onClick={() => setAsking(true)}>Delete the media</Button>
            {isAsking && (
              <Confirm title="Delete the media?" verb="Delete" act={remove} onClose={() => setAsking(false)}>
                <p>
                  The message stays, without its files. Files that no other message carries are deleted within
                  the hour; links to them end.
                </p>
              </Confirm>
            )}
          </>
        )
      }
    </Loaded>
  );
}

function Medium({ medium }: { readonly medium: Schemas['MessageMedia'] }) {
  const { content_type: type, file_name: name, media_url: url, size } = medium;
  const label = name === '' ? url : name;
  const isOurs = new URL(url, location.origin).origin === location.origin;
  return (
    <li>
      {isOurs && type.startsWith('image/') && <img src={url} alt="" loading="lazy" />}
      <a href={url} target="_blank" rel="noreferrer">
        {label}
      </a>
      <span class="quiet">
        {size > 0 ? `${type}, ${count(Math.ceil(size / 1024))} KiB` : `${type} elsewhere`}
      </span>
    </li>
  );
}
