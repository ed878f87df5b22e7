// Changes the settings of a number that an account rents.
import { holdSubaccount } from '../accounts/scope.ts';
import { holdApplication } from '../applications/store.ts';
import { ApiError } from '../base/errors.ts';
import type { Db, Transaction } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import type { RentedNumber, TollfreeVerification } from './number.ts';
import { findPoolOwner, lockNumber, saveNumber } from './store.ts';

/** The settings that an update changes; an absent one stays as it is. `null` and `none` as texts detach. */
interface NumberChange {
  readonly applicationId: string | undefined;
  readonly subaccountId: string | undefined;
  readonly alias: string | undefined;
  readonly tollfreeVerification: TollfreeVerification | 'none' | undefined;
}

/**
 * @throws ApiError notFound, invalid for an unknown application or subaccount and for the verification of a long code, conflict when the number would leave the sight of
 * the powerpack that it is in.
 */
export function updateNumber(db: Db, scope: Scope, digits: string, change: NumberChange): Promise<void> {
  return db.transaction(async (tx) => {
    const number = await lockNumber(tx, scope, digits);
    if (number === undefined) throw new ApiError('notFound', 'number not found');
    const subaccountId =
      change.subaccountId === undefined
        ? number.subaccountId
        : await readSubaccountId(tx, scope, change.subaccountId);
    if (subaccountId !== number.subaccountId) await requireSeenByPool(tx, scope, digits, subaccountId);
    const applicationId =
      change.applicationId === undefined
        ? number.applicationId
        : await readApplicationId(tx, scope, change.applicationId);
    const alias = change.alias === undefined ? number.alias : isNothing(change.alias) ? '' : change.alias;
    const tollfreeVerification = verificationOf(number, change);
    await saveNumber(tx, { ...number, subaccountId, applicationId, alias, tollfreeVerification });
  });
}

function verificationOf(
  number: RentedNumber,
  { tollfreeVerification }: Pick<NumberChange, 'tollfreeVerification'>,
): TollfreeVerification | null {
  if (tollfreeVerification === undefined) return number.tollfreeVerification;
  if (tollfreeVerification === 'none') return null;
  if (number.kind === 'tollfree') return tollfreeVerification;
  throw new ApiError('invalid', 'toll_free_sms_verification is a matter of toll-free numbers');
}

async function requireSeenByPool(
  tx: Transaction,
  scope: Scope,
  digits: string,
  subaccountId: string | null,
): Promise<void> {
  const poolOwner = await findPoolOwner(tx, digits);
  if (poolOwner === undefined || poolOwner === scope.mainId || poolOwner === subaccountId) return;
  throw new ApiError(
    'conflict',
    'number is in a powerpack of another subaccount; remove it from there first',
  );
}

const isNothing = (text: string) => text === 'null' || text === 'none';

/** Returns the application that a caller names, which must be one that the scope sees; `null` and `none` are none. */
export async function readApplicationId(
  tx: Transaction,
  scope: Scope,
  appId: string,
): Promise<string | null> {
  if (isNothing(appId)) return null;
  if ((await holdApplication(tx, scope, appId)) !== undefined) return appId;
  throw new ApiError('invalid', 'app_id must be an application of this account');
}

/** Returns the subaccount that a number goes to: the given one, the caller's own when a subaccount asks, or none. */
export async function readSubaccountId(
  tx: Transaction,
  scope: Scope,
  given: string | undefined,
): Promise<string | null> {
  if (given === undefined || isNothing(given)) return scope.subaccountId ?? null;
  if (await holdSubaccount(tx, scope, given)) return given;
  throw new ApiError('invalid', 'subaccount must be a subaccount of this account');
}
