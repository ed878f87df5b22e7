// The voice URLs of an application: stored for the SDKs, not used by this server.
import type { ApplicationDraft } from './application-draft.ts';
import { UrlField } from './url-field.tsx';

interface Props {
  readonly draft: ApplicationDraft;
  readonly change: (part: Partial<ApplicationDraft>) => void;
}

export function CallUrls({ draft, change }: Props) {
  return (
    <details class="call-urls">
      <summary>For voice calls</summary>
      <p class="hint">
        This server makes and takes no voice calls. It stores these URLs, so that SDKs find them again.
      </p>
      <UrlField
        label="Answer URL"
        hint="For a call that is answered."
        url={draft.answerUrl}
        method={draft.answerMethod}
        onUrl={(answerUrl) => change({ answerUrl })}
        onMethod={(answerMethod) => change({ answerMethod })}
      />
      <UrlField
        label="Fallback URL"
        hint="When the answer URL fails."
        url={draft.fallbackUrl}
        method={draft.fallbackMethod}
        onUrl={(fallbackUrl) => change({ fallbackUrl })}
        onMethod={(fallbackMethod) => change({ fallbackMethod })}
      />
      <UrlField
        label="Hangup URL"
        hint="When the call ends."
        url={draft.hangupUrl}
        method={draft.hangupMethod}
        onUrl={(hangupUrl) => change({ hangupUrl })}
        onMethod={(hangupMethod) => change({ hangupMethod })}
      />
    </details>
  );
}
