// Values of an entry that are written in a form of their own. Pure.
import { z } from 'zod';

/** Returns a schema whose value `parse` takes apart; the message of what it throws becomes the complaint. */
export function parsed<Given extends z.ZodType, Result>(
  schema: Given,
  parse: (given: z.output<Given>) => Result,
) {
  return schema.transform((given, context): Result => {
    try {
      return parse(given);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
}
