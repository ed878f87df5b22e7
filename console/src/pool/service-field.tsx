// What a member is added for.
import { Field } from '../parts/field.tsx';
import type { Service } from './pool-address.ts';

interface Props {
  readonly service: Service;
  readonly onChange: (service: Service) => void;
}

export function ServiceField({ service, onChange }: Props) {
  return (
    <Field label="Add for">
      {(id) => (
        <select
          id={id}
          value={service}
          onChange={(event) => onChange(event.currentTarget.value === 'sms' ? 'sms' : 'mms')}
        >
          <option value="mms">SMS and MMS</option>
          <option value="sms">SMS only</option>
        </select>
      )}
    </Field>
  );
}
