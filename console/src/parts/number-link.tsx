// Telephone numbers that lead somewhere.
import { phoneNumber } from './format.ts';

/** Shows a number of the account as a link to its page; short codes have none. */
export function NumberLink({ number }: { readonly number: string }) {
  if (!/^\d{7,15}$/.test(number)) return <>{phoneNumber(number)}</>;
  return <a href={`/console/numbers/${number}`}>{phoneNumber(number)}</a>;
}

/** Shows the number of a person as a link to the messages from and to it; one that is masked leads nowhere. */
export function PersonLink({ number }: { readonly number: string }) {
  if (!/^\d{7,15}$/.test(number)) return <>{phoneNumber(number)}</>;
  return <a href={`/console/messages?number=${number}&range=week`}>{phoneNumber(number)}</a>;
}
