// A customer's text as it is sent.
import { ApiError } from '../../base/errors.ts';
import { simplifyForGsm } from '../../telecom/encoding.ts';
import { isTooLong, measureText } from '../../telecom/segments.ts';

/** Returns the text, simplified where a powerpack encodes smartly; or an error in the vendor's words where it is too long even so. */
export function prepareText(text: string, isSmart: boolean): string | ApiError {
  const sent = isSmart ? simplifyForGsm(text) : text;
  return isTooLong(sent) ? new ApiError('invalid', whyTooLong(sent)) : sent;
}

/** How much of a text decides which limit it is measured by: it may be huge. */
const enoughToTell = 2000;

const whyTooLong = (text: string): string =>
  measureText(text.slice(0, enoughToTell)).encoding === 'ucs2'
    ? 'text parameter length exceeds 737 unicode characters'
    : 'text parameter length exceeds 1600 GSM characters';
