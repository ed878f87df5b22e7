// 10dlc/Brand: brands, as data. Nothing is registered with carriers here.
import { requireMainAccount } from '../accounts/scope.ts';
import type { RandomBytes } from '../base/id.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { sortingOf } from '../http/order.ts';
import { pageMeta, pageOf } from '../http/page.ts';
import { countBrands, getBrand, listBrands } from './brand-store.ts';
import {
  BrandAnswer,
  BrandListBody,
  BrandMade,
  BrandPath,
  brandChangeFromWire,
  brandToWire,
  brandTypeFromWire,
  CreateBrandInput,
  ListBrandsInput,
  UpdateBrandInput,
} from './brand-wire.ts';
import { brandNotFound, createBrand, removeBrand, updateBrand } from './change-brand.ts';

export const listBrandsEndpoint = defineEndpoint({
  summary: 'List brands',
  input: ListBrandsInput,
  answers: { 200: BrandListBody },
  async handle({ db, scope, input }) {
    requireMainAccount(scope);
    const page = pageOf(input);
    const path = `/v1/Account/${scope.accountId}/10dlc/Brand/`;
    const hasNone = input.status !== undefined && input.status.toUpperCase() !== 'COMPLETED';
    const [brands, count] = hasNone
      ? [[], 0]
      : await Promise.all([
          listBrands(db, scope.mainId, input.type, page, sortingOf(input)),
          countBrands(db, scope.mainId, input.type),
        ]);
    return {
      status: 200,
      body: { brands: brands.map(brandToWire), meta: pageMeta(path, page, input, count) },
    };
  },
});

export const createBrandEndpoint = defineEndpoint({
  summary: 'Create a brand',
  description: 'Kept as it was given: register it with the registry yourself.',
  input: CreateBrandInput,
  answers: { 202: BrandMade },
  async handle({ db, scope, input, now }, { randomBytes }: { randomBytes: RandomBytes }) {
    requireMainAccount(scope);
    const { vettingScore = null, dailySegments = null, facts = {} } = brandChangeFromWire(input);
    const brand = {
      brandId: input.brand_id,
      alias: input.brand_alias,
      brandType: brandTypeFromWire(input.brand_type),
      vettingScore,
      dailySegments,
      facts,
      createdAt: now,
    };
    const brandId = await createBrand(db, scope, brand, randomBytes);
    return { status: 202, body: { brand_id: brandId, message: 'Brand created' } };
  },
});

export const getBrandEndpoint = defineEndpoint({
  summary: 'Retrieve a brand',
  path: BrandPath,
  answers: { 200: BrandAnswer },
  async handle({ db, scope, path }) {
    requireMainAccount(scope);
    const brand = await getBrand(db, scope.mainId, path.brand_id);
    if (brand === undefined) throw brandNotFound();
    return { status: 200, body: { brand: brandToWire(brand) } };
  },
});

export const updateBrandEndpoint = defineEndpoint({
  summary: 'Update a brand',
  description: 'Its limits follow the score of its vetting, unless one was set.',
  extension: true,
  path: BrandPath,
  input: UpdateBrandInput,
  answers: { 200: BrandAnswer },
  async handle({ db, scope, path, input }) {
    requireMainAccount(scope);
    const brand = await updateBrand(db, scope, path.brand_id, brandChangeFromWire(input));
    return { status: 200, body: { brand: brandToWire(brand) } };
  },
});

export const deleteBrandEndpoint = defineEndpoint({
  summary: 'Delete a brand',
  description: 'Its campaigns go with it, and their numbers send for none from then on.',
  path: BrandPath,
  answers: { 200: BrandMade },
  async handle({ db, scope, path }) {
    requireMainAccount(scope);
    await removeBrand(db, scope, path.brand_id);
    return { status: 200, body: { brand_id: path.brand_id, message: 'Brand Deactivated' } };
  },
});
