// The consequences of unrenting a number.

import { PowerpackLink } from '../parts/powerpack-link.tsx';
import type { PowerpackNames } from '../parts/powerpack-names.ts';
import type { RentedNumber } from './number-words.ts';

interface Props {
  readonly number: RentedNumber;
  readonly names: PowerpackNames;
}

export function UnrentConsequences({ number, names }: Props) {
  return (
    <>
      <ul>
        {number.powerpack_uuid !== null && (
          <>
            <li>
              It leaves its powerpack, <PowerpackLink uuid={number.powerpack_uuid} names={names} />, which
              sends with its other numbers.
            </li>
            <li>
              Recipients whose sticky sender it is get another number with their next message: for them the
              conversation moves.
            </li>
          </>
        )}
        <li>Messages that still wait in its queue fail with error code 40.</li>
        <li>Messages to it no longer come in here.</li>
      </ul>
      <p>
        It is held for your account for ten days, unless the server is set up otherwise: until then you can
        rent it again as it was.
      </p>
    </>
  );
}
