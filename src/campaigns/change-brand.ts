// Makes, changes and deletes brands.
import { lockAccount } from '../accounts/store.ts';
import { ApiError } from '../base/errors.ts';
import type { RandomBytes } from '../base/id.ts';
import type { Db } from '../db/db.ts';
import type { Scope } from '../http/endpoint.ts';
import { countBrands, deleteBrand, insertBrand, lockBrand, saveBrand } from './brand-store.ts';
import type { Brand } from './campaign.ts';
import { lockNumbersOf } from './campaign-number-store.ts';
import { newRegistryId } from './registry-id.ts';

/** The most brands of an account. */
const maxBrands = 100;

export const brandNotFound = () => new ApiError('notFound', 'brand not found');

interface NewBrand extends Omit<Brand, 'brandId'> {
  /** The registry's own id; `undefined` for one that is made up. */
  readonly brandId: string | undefined;
}

/**
 * Stores a brand. Returns its id.
 * @throws ApiError conflict when the account has one of this id, or very many.
 */
export function createBrand(
  db: Db,
  { mainId }: Scope,
  { brandId = undefined, ...brand }: NewBrand,
  randomBytes: RandomBytes,
): Promise<string> {
  return db.transaction(async (tx) => {
    await lockAccount(tx, mainId);
    if ((await countBrands(tx, mainId, undefined)) >= maxBrands) {
      throw new ApiError('conflict', `the account has ${maxBrands} brands; delete one first`);
    }
    const id = brandId ?? newRegistryId('B', randomBytes);
    const isNew = await insertBrand(tx, mainId, { brandId: id, ...brand });
    if (!isNew) throw new ApiError('conflict', 'brand_id already in use');
    return id;
  });
}

/**
 * Changes the settings of a brand that are given; facts are added to those that are kept.
 * @throws ApiError notFound
 */
export function updateBrand(
  db: Db,
  { mainId }: Scope,
  brandId: string,
  { facts, ...change }: Partial<Omit<Brand, 'brandId'>>,
): Promise<Brand> {
  return db.transaction(async (tx) => {
    const present = await lockBrand(tx, mainId, brandId);
    if (present === undefined) throw brandNotFound();
    const brand = { ...present, ...change, facts: { ...present.facts, ...facts } };
    saveBrand(tx, mainId, brand);
    return brand;
  });
}

/**
 * Deletes a brand with its campaigns; their numbers send for no campaign from then on.
 * @throws ApiError notFound
 */
export function removeBrand(db: Db, { mainId }: Scope, brandId: string): Promise<void> {
  return db.transaction(async (tx) => {
    await lockNumbersOf(tx, mainId, { brandId });
    if (!(await deleteBrand(tx, mainId, brandId))) throw brandNotFound();
  });
}
