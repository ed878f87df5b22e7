// Complaints about a document that a schema had to make first, told as complaints about what it was made from. Pure.
import type { z } from 'zod';

/** Adds the issues of an inner check to those of the outer one, at a place. */
export function forwardIssues(
  issues: readonly z.core.$ZodIssue[],
  context: z.core.$RefinementCtx<unknown>,
  place: readonly PropertyKey[] = [],
): void {
  for (const issue of issues) {
    const path = [...place, ...issue.path];
    const input = context.value;
    context.issues.push(
      issue.code === 'unrecognized_keys'
        ? { code: issue.code, keys: issue.keys, path, input: {} }
        : { code: 'custom', message: issue.message, path, input },
    );
  }
}
