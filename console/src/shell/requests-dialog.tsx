// Lists the changes made in this tab as requests to the API: to do the same by a program, and to find them in the audit log.
import { asCurl, ownRequests } from '../live/own-requests.ts';
import { Button } from '../parts/button.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Dialog } from '../parts/dialog.tsx';

export function RequestsDialog({ onClose }: { readonly onClose: () => void }) {
  const requests = ownRequests();
  return (
    <Dialog title="By the API" onClose={onClose}>
      <p class="quiet">
        {requests.length === 0
          ? 'What you change in this tab stands here afterwards, as the request that a program would make.'
          : 'What you changed in this tab, the newest first, as the requests that a program would make. They have what you typed, secrets too.'}
      </p>
      <ol class="own-requests">
        {requests.map(({ apiId, status, ...request }, place) => (
          <li key={requests.length - place}>
            <Copyable
              label={`${request.method} ${request.path}`}
              text={asCurl(request)}
              hint={`Answered with ${status}`}
            />
            {apiId !== undefined && (
              <p class="hint">
                api_id <span class="code">{apiId}</span>{' '}
                {status < 300 ? (
                  <a href={`/console/account/changes?api_id=${apiId}`} onClick={onClose}>
                    Find it in the audit log
                  </a>
                ) : (
                  <a href={`/console/account/requests?api_id=${apiId}`} onClick={onClose}>
                    Find it in the log of requests
                  </a>
                )}
              </p>
            )}
          </li>
        ))}
      </ol>
      <div class="dialog-actions">
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}
