// The fields of a powerpack, for making one and for changing one: each says what it does.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { RucksackError } from '../../../client/src/client.ts';
import { Failure } from '../parts/failure.tsx';
import { Switch } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { ApplicationField } from './application-field.tsx';
import { type PowerpackSettings, withPriority } from './powerpack-settings.ts';
import { PriorityList } from './priority-list.tsx';

interface SettingsProps {
  readonly settings: PowerpackSettings;
  readonly onChange: (changes: Partial<PowerpackSettings>) => void;
}

interface Props extends SettingsProps {
  /** Why they were refused, where it was the name. */
  readonly nameRefusal: Error | undefined;
}

const scopes = [
  { value: 'powerpack', label: 'Every number of the powerpack' },
  { value: 'account', label: 'Every number of the account' },
  { value: 'number', label: 'Only the number that STOP was written to' },
] as const;

/** Returns an error that is the name's: another powerpack has it, the only conflict that there is. */
export const nameRefusalIn = (error: Error | undefined): Error | undefined =>
  error instanceof RucksackError && error.status === 409 ? error : undefined;

export function PowerpackFields({ settings, onChange, nameRefusal }: Props) {
  return (
    <>
      <Group title="Powerpack">
        <NameField settings={settings} onChange={onChange} nameRefusal={nameRefusal} />
        <ApplicationField chosen={settings} onChoose={onChange} />
      </Group>
      <SenderFields settings={settings} onChange={onChange} />
      <Group title="Names">
        <Switch
          label="Names first"
          hint="Names of the pool send before its numbers where the recipient's country takes names. Off: only where no number with capacity left can."
          checked={settings.alphanumeric_first}
          onChange={(alphanumeric_first) => onChange({ alphanumeric_first })}
        />
      </Group>
      <Group title="Texts and opt-outs">
        <Switch
          label="Smart encoding"
          hint="Replaces typographic quotes, dashes and spaces by plain ones where that makes a text GSM 7-bit: fewer segments."
          checked={settings.smart_encoding}
          onChange={(smart_encoding) => onChange({ smart_encoding })}
        />
        <SelectField
          label="Opt-out scope"
          hint="Which numbers a recipient who replies STOP gets no more messages from. A wider choice also applies to earlier STOPs, a narrower one to later ones only."
          value={settings.opt_out_scope}
          options={scopes}
          onChange={(opt_out_scope) => onChange({ opt_out_scope })}
        />
        {settings.opt_out_scope === 'number' && (
          <Notice tone="warn">
            The other members go on writing to a person who has said STOP. In the US, STOP to one number of a
            campaign counts for all of them.
          </Notice>
        )}
      </Group>
      <Group title="Time">
        <TextField
          label="Quiet hours"
          hint="Hours of the recipient's day in which nothing is sent, such as 21:00-08:00, or none. Messages wait until they end, by the time zones of the recipient's area code."
          maxLength={11}
          autocomplete="off"
          value={settings.quiet_hours}
          onInput={(quiet_hours) => onChange({ quiet_hours })}
        />
        <SelectField
          label="Priority of messages"
          hint="Of messages that do not say it themselves. Bulk messages go behind transactional ones of the same number."
          value={settings.message_priority}
          options={messagePriorities}
          onChange={(message_priority) => onChange({ message_priority })}
        />
      </Group>
      <Group title="Safety" id="protection">
        <Switch
          label="Deletion protection"
          hint="While it is on, the powerpack cannot be deleted, neither here nor through the API."
          checked={settings.deletion_protection}
          onChange={(deletion_protection) => onChange({ deletion_protection })}
        />
      </Group>
    </>
  );
}

/** Shows the settings that decide which member sends a message. */
function SenderFields({ settings, onChange }: SettingsProps) {
  return (
    <Group title="Who sends">
      <Switch
        label="Sticky sender"
        hint="Each recipient gets messages from the same number as before. It comes before everything below."
        checked={settings.sticky_sender}
        onChange={(sticky_sender) => onChange({ sticky_sender })}
      />
      <Switch
        label="Local connect"
        hint="Among long codes, prefers one of the recipient's area code, then one of their state or province."
        checked={settings.local_connect}
        onChange={(local_connect) => onChange({ local_connect })}
      />
      <TextField
        label="Warm-up of new members"
        hint="Segments that a new member may send on its first day, on its second, and so on, with commas between them: 50, 100, 200. Empty for none."
        inputMode="numeric"
        value={settings.warm_up.join(', ')}
        onChange={(text) => onChange({ warm_up: (text.match(/\d+/g) ?? []).map(Number) })}
      />
      <h2>Number priority</h2>
      <p class="hint">
        Which kind of member is tried first. The next kind is tried when no member of the one before can carry
        the message, or none has capacity left today. Drag, or use the arrows.
      </p>
      <div class="priorities">
        {settings.number_priority.map((entry) => (
          <PriorityList
            key={`${entry.service_type} ${entry.country_iso}`}
            entry={entry}
            onOrder={(order) => onChange(withPriority(settings, entry, order))}
          />
        ))}
      </div>
    </Group>
  );
}

const messagePriorities = [
  { value: 'transactional', label: 'Transactional' },
  { value: 'bulk', label: 'Bulk' },
] as const;

function Group({
  title,
  id,
  children,
}: {
  readonly title: string;
  readonly id?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="card" id={id}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Shows the name, and goes to it when it was refused. */
function NameField({ settings: { name }, onChange, nameRefusal }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (nameRefusal !== undefined) place.current?.querySelector('input')?.focus();
  }, [nameRefusal]);
  return (
    <div ref={place}>
      <TextField
        label="Name"
        hint="What it is called here and in lists. Unique in the account."
        required
        maxLength={255}
        autocomplete="off"
        aria-invalid={nameRefusal !== undefined}
        value={name}
        onInput={(text) => onChange({ name: text })}
      />
      <Failure error={nameRefusal} />
    </div>
  );
}
