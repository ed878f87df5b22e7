// The same limits for many members.
import { useState } from 'preact/hooks';
import { DialogForm } from '../parts/dialog-form.tsx';
import { TextField } from '../parts/text-field.tsx';
import { type LimitFields, type LimitName, limitFields, namedLimits } from './limit-fields.ts';

interface Props {
  readonly title: string;
  readonly onSave: (limits: Partial<Record<LimitName, string>>) => Promise<void>;
  readonly onClose: () => void;
}

const nothing: LimitFields = { sms_per_second: '', mms_per_second: '', daily_segments: '' };

export function ManyLimitsDialog({ title, onSave, onClose }: Props) {
  const [texts, setTexts] = useState(nothing);
  const limits = namedLimits(texts);
  return (
    <DialogForm
      title={title}
      verb="Save"
      disabled={Object.keys(limits).length === 0}
      act={() => onSave(limits)}
      onClose={onClose}
    >
      <p class="quiet">A field that is empty changes nothing. “default” is the limit of its kind.</p>
      {limitFields.map(({ name, label, about }) => (
        <TextField
          key={name}
          label={label}
          hint={about}
          class="short"
          value={texts[name]}
          onInput={(text) => setTexts({ ...texts, [name]: text })}
        />
      ))}
    </DialogForm>
  );
}
