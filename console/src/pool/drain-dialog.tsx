// Drains a member, after saying what that does.
import { useState } from 'preact/hooks';
import { DialogForm } from '../parts/dialog-form.tsx';
import { phoneNumber } from '../parts/format.ts';
import { SelectField } from '../parts/select-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { showToast } from '../parts/toasts.tsx';
import type { Member } from './member-words.ts';
import type { PoolCalls } from './use-pool.ts';

interface Props {
  readonly pool: PoolCalls;
  readonly member: Member;
  readonly onClose: () => void;
}

export function DrainDialog({ pool, member, onClose }: Props) {
  const [hours, setHours] = useState('72');
  const [afterwards, setAfterwards] = useState<'aside' | 'remove'>('aside');
  const number = phoneNumber(member.number);
  const drain = async () => {
    await pool.drain(member, { hours: Number(hours), afterwards });
    showToast(`${number} gets no new recipients.`);
  };
  return (
    <DialogForm title={`Drain ${number}?`} verb="Drain" disabled={hours === ''} act={drain} onClose={onClose}>
      <p class="quiet">
        It gets no new recipients while another member can send. Those that it is the sticky sender of keep it
        for some hours more, and get another member with their next message after that.
      </p>
      <TextField
        label="Hours until it sends nothing"
        type="number"
        class="short"
        min={0}
        max={720}
        value={hours}
        onInput={setHours}
      />
      <SelectField
        label="Then"
        value={afterwards}
        options={[
          { value: 'aside', label: 'It stays in the pool, set aside' },
          { value: 'remove', label: 'It leaves the pool, and stays rented' },
        ]}
        onChange={setAfterwards}
      />
    </DialogForm>
  );
}
