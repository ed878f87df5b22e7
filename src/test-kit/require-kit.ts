// The setting that turns the test kit on, which its endpoints need.
import { ApiError } from '../base/errors.ts';

export interface KitParts {
  readonly isTestKitOn: boolean;
}

/** The sentence about it in the descriptions of these endpoints. */
export const kitOnly =
  'Only on ephemeral servers and where `RUCKSACK_TEST_KIT` is on; answered 404 elsewhere.';

/** @throws ApiError notFound where the test kit is off. */
export function requireKit({ isTestKitOn }: KitParts): void {
  if (!isTestKitOn) throw new ApiError('notFound', 'the test kit is off (RUCKSACK_TEST_KIT)');
}
