// The service that a member is added for.
import { SelectField } from '../parts/select-field.tsx';
import type { Service } from './pool-address.ts';

interface Props {
  readonly service: Service;
  readonly onChange: (service: Service) => void;
}

const choices = [
  { value: 'mms', label: 'SMS and MMS' },
  { value: 'sms', label: 'SMS only' },
] as const;

export function ServiceField({ service, onChange }: Props) {
  return <SelectField label="Add for" value={service} options={choices} onChange={onChange} />;
}
