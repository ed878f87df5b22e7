// The limits of one member, where they are not to be those of its kind.
import { useState } from 'preact/hooks';
import { DialogForm } from '../parts/dialog-form.tsx';
import { count, phoneNumber } from '../parts/format.ts';
import { TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import { changedLimits, fieldsOf, type LimitName, limitFields } from './limit-fields.ts';
import type { Member } from './member-words.ts';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly member: Member;
  readonly onClose: () => void;
}

export function LimitsDialog({ pool, member, onClose }: Props) {
  const [texts, setTexts] = useState(fieldsOf(member.own_limits));
  const number = phoneNumber(member.number);
  const shown = limitFields.filter(({ name }) => hasLimit(member, name));

  const save = async () => {
    await pool.limit(member, changedLimits(texts, member.own_limits));
    showToast(`The limits of ${number} were saved.`);
  };

  return (
    <DialogForm title={`Limits of ${number}`} verb="Save" act={save} onClose={onClose}>
      <p class="quiet">A field that is empty keeps the limit of its kind.</p>
      {shown.map(({ name, label, about }) => (
        <TextField
          key={name}
          label={label}
          hint={`${about} ${now(member, name)}`}
          class="short"
          inputMode="decimal"
          value={texts[name]}
          onInput={(text) => setTexts({ ...texts, [name]: text })}
        />
      ))}
    </DialogForm>
  );
}

/** Returns whether a member has a limit: short codes and names carry no MMS, and names have no number of segments a day. */
function hasLimit({ type }: Member, name: LimitName): boolean {
  if (type === 'alphanumeric') return name === 'sms_per_second';
  return name !== 'mms_per_second' || type !== 'shortcode';
}

/** Returns the limits in force. */
function now(member: Member, name: LimitName): string {
  const limit = member[name];
  const origin = member.own_limits[name] === null ? 'as its kind' : 'its own';
  return `Now: ${limit === null ? 'none' : count(limit)}, ${origin}.`;
}
