// Numbers that can be rented.
import type { Schemas } from '../../../client/src/client.ts';
import { Button } from '../parts/button.tsx';
import { phoneNumber } from '../parts/format.ts';
import { servicesOf, typeWords } from './number-words.ts';

interface Props {
  readonly numbers: readonly Pick<
    Schemas['PhoneNumber'],
    'number' | 'type' | 'region' | 'sms_enabled' | 'mms_enabled' | 'voice_enabled'
  >[];
  readonly isRenting: boolean;
  readonly rent: (number: string) => void;
}

export function ForSaleTable({ numbers, isRenting, rent }: Props) {
  return (
    <table class="numbers">
      <caption class="visually-hidden">Numbers for sale</caption>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">Type</th>
          <th scope="col">Services</th>
          <th scope="col">Region</th>
          <th scope="col">
            <span class="visually-hidden">Rent</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {numbers.map((sold) => (
          <tr key={sold.number}>
            <td>{phoneNumber(sold.number)}</td>
            <td>{typeWords[sold.type]}</td>
            <td>{servicesOf(sold)}</td>
            <td>{sold.region}</td>
            <td class="number">
              <Button
                disabled={isRenting}
                aria-label={`Rent ${phoneNumber(sold.number)}`}
                onClick={() => rent(sold.number)}
              >
                Rent
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
