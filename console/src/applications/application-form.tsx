// The form of an application, for a new one and for one that is there.
import { isSubaccount, SubaccountChoice, useSubaccounts } from '../accounts/subaccount-choice.tsx';
import { Button } from '../parts/button.tsx';
import { Failure } from '../parts/failure.tsx';
import { Switch } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { useAction } from '../parts/use-action.ts';
import { useDraft } from '../parts/use-draft.ts';
import { useSession } from '../session/session.ts';
import type { ApplicationDraft, Method } from './application-draft.ts';
import { CallUrls } from './call-urls.tsx';
import { UrlField } from './url-field.tsx';

interface Props {
  readonly start: ApplicationDraft;
  /** A new one has a name and a type to choose; afterwards both are fixed. */
  readonly isNew: boolean;
  readonly verb: string;
  readonly save: (draft: ApplicationDraft) => Promise<unknown>;
}

const types = [
  { value: 'XML', label: 'XML' },
  { value: 'PHLO', label: 'PHLO' },
] as const;

export function ApplicationForm({ start, isNew, verb, save }: Props) {
  const { account } = useSession();
  const subaccounts = useSubaccounts();
  const { content: draft, isChanged, change } = useDraft(start);
  const saving = useAction(() => save(draft));
  const isOfMain = !isSubaccount(account) && draft.subaccount === '';
  return (
    <form
      class="card"
      aria-label="Application"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.run();
      }}
    >
      {isNew && <NameAndType draft={draft} change={change} />}
      <UrlField
        label="Message URL"
        hint={
          draft.type === 'PHLO'
            ? 'Where your flow listens. It is called when a message comes in to a number that leads here.'
            : 'Called when a message comes in to a number that leads here; its answer may be a reply in Message XML.'
        }
        required={draft.type === 'PHLO'}
        url={draft.messageUrl}
        method={draft.messageMethod}
        onUrl={(messageUrl) => change({ messageUrl })}
        onMethod={(messageMethod: Method) => change({ messageMethod })}
      />
      <Switch
        label="Store incoming messages"
        hint="Number and text of incoming messages are stored and shown. When off, only the fact that there was one."
        checked={draft.logsIncoming}
        onChange={(logsIncoming) => change({ logsIncoming })}
      />
      <TextField
        label="Retries of a failed callback, in seconds"
        hint="Up to ten delays, each at most 86,400. The usual ones are 60, 120, 240."
        maxLength={100}
        value={draft.messageRetries}
        onInput={(messageRetries) => change({ messageRetries })}
      />
      <Switch
        label="Default for new numbers"
        hint={
          isOfMain
            ? 'Numbers that are rented without naming an application get this one. It takes the place of the default before.'
            : 'Only an application of the main account can be the default.'
        }
        checked={draft.isDefault}
        disabled={!isOfMain}
        onChange={(isDefault) => change({ isDefault })}
      />
      <SubaccountChoice
        subaccounts={subaccounts.data}
        hint="Its subaccount sees it too. Given to a subaccount, it can go to another, but not back to the main account."
        value={draft.subaccount}
        canBeMain={isNew || start.subaccount === ''}
        onChange={(subaccount) => change({ subaccount, ...(subaccount === '' ? {} : { isDefault: false }) })}
      />
      <CallUrls draft={draft} change={change} />
      <Failure error={saving.error} />
      <Button kind="primary" type="submit" busy={saving.isRunning} disabled={!isNew && !isChanged}>
        {verb}
      </Button>
    </form>
  );
}

interface PartProps {
  readonly draft: ApplicationDraft;
  readonly change: (part: Partial<ApplicationDraft>) => void;
}

function NameAndType({ draft, change }: PartProps) {
  return (
    <>
      <TextField
        label="Name"
        hint="It cannot be changed later."
        required
        maxLength={255}
        value={draft.name}
        onInput={(text) => change({ name: text })}
      />
      <SelectField
        label="Type"
        hint="XML: your URL answers each message itself. PHLO: an external flow listens at your URL."
        value={draft.type}
        options={types}
        onChange={(type) => change({ type })}
      />
    </>
  );
}
