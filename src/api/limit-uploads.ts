// Limits how many uploads are in memory at once.
import { ApiError } from '../base/errors.ts';

/** Runs an upload, from reading its body to its answer, or throws `tooMany` when enough are in progress. */
type LimitUploads = <Result>(upload: () => Promise<Result>) => Promise<Result>;

const retryAfterSeconds = 1;

/** Returns the limit: at most `most` uploads at once. */
export function makeUploadLimit(most: number): LimitUploads {
  let underWay = 0;
  return async (upload) => {
    if (underWay >= most) {
      throw new ApiError('tooMany', 'too many uploads at once', { 'Retry-After': String(retryAfterSeconds) });
    }
    underWay += 1;
    try {
      return await upload();
    } finally {
      underWay -= 1;
    }
  };
}
