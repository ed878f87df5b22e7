// The copy of a running embedded database, which `rucksack backup` reads.
import { requireOperator } from '../accounts/operator.ts';
import { ApiError, OperatorError } from '../base/errors.ts';
import type { Db } from '../db/db.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import type { Operating } from '../routing/operating.ts';
import { copyOf } from './copy-folder.ts';
import { DatabaseCopyBody } from './wire.ts';

interface CopyParts {
  readonly operating: Operating;
  readonly dataDir: string;
  /** Undefined where the database is not embedded, or in memory. */
  readonly copyTo: Db['copyTo'];
}

export const copyDatabaseEndpoint = defineEndpoint({
  summary: 'Copy the database',
  description:
    "Copies the embedded database as it is at one moment to the folder `database.copy` in the data directory, for `rucksack backup`, which reads it there and deletes it. Nothing is done while the files that change meanwhile are copied: a moment. 404 with PostgreSQL, whose own means make copies, and for a database in memory; 409 while another backup reads a copy. The operator's account only.",
  role: 'owner',
  extension: true,
  outsideDatabase: true,
  announcesItself: true,
  answers: { 201: DatabaseCopyBody },
  async handle({ db, scope }, { operating, dataDir, copyTo }: CopyParts) {
    await requireOperator(db, scope, operating.operatorId());
    if (copyTo === undefined)
      throw new ApiError('notFound', 'this server has no embedded database with files');
    const path = copyOf(dataDir);
    await copyTo(path).catch((error: unknown) => {
      throw error instanceof OperatorError ? new ApiError('conflict', error.message) : error;
    });
    return { status: 201, body: { message: 'copied' as const, path } };
  },
});
