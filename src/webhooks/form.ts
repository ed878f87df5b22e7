// The parameters of a call as the form in which they are sent: one text, which is also how they are stored and kept in memory. Pure.
import type { WebhookParameters } from './webhook.ts';

/** Returns parameters as a form, in their order (WHATWG URL, section 5.2). */
export function writeForm(parameters: WebhookParameters): string {
  const form = new URLSearchParams();
  for (const [name, value] of parameters) form.append(name, value);
  return form.toString();
}

/** Returns the parameters of a form, in their order. */
export const readForm = (form: string): WebhookParameters => [...new URLSearchParams(form)];

/** Returns a value as it stands in a form, behind its name. */
export const encodeValue = (value: string): string => writeForm([['', value]]).slice(1);
