// Plivo's names for accounts, subaccounts and prices.
import { type Static, Type } from 'typebox';
import { utcDay } from '../base/days.ts';
import { ApiError } from '../base/errors.ts';
import { isCallableUrl, maxUrlLength } from '../http/callable-url.ts';
import { orderParameters } from '../http/order.ts';
import { pageParameters } from '../http/page.ts';
import { HttpMethod } from '../http/schemas.ts';
import { isCountry } from '../telecom/e164.ts';
import type { Account } from './account.ts';
import { subaccountOrders } from './store.ts';

export const SubaccountPath = Type.Object({ subaccount_id: Type.String({ pattern: '^SA[A-Z0-9]{18}$' }) });

const accountText = (about: string) =>
  Type.Optional(Type.String({ maxLength: 255, trim: true, description: about }));

export const UpdateAccountInput = Type.Object({
  name: accountText('Name of the account holder.'),
  city: accountText('City.'),
  address: accountText('Postal address.'),
  state: accountText('State or province.'),
  default_country: Type.Optional(
    Type.String({
      pattern: '^([A-Za-z]{2}|none)$',
      nullMeans: 'none',
      expected: 'a country code of two letters, or none',
      description:
        'Extension: country whose national numbers `dst` and `numbers` may hold, ISO 3166-1; `none` (the default) for numbers with their country code only.',
    }),
  ),
  opt_out_url: Type.Optional(
    Type.String({
      maxLength: maxUrlLength,
      nullMeans: 'none',
      description:
        'Extension: URL that is called when a person opts out or in; `none` (the default) for no calls. Of main accounts.',
    }),
  ),
  opt_out_method: Type.Optional(
    Type.Enum(['GET', 'POST'], {
      description: 'Extension: GET or POST, for `opt_out_url`. Default POST.',
    }),
  ),
});

/** @throws ApiError invalid for an unknown country, a URL that cannot be called, and a subaccount's `opt_out_url`. */
export function accountChangeFromWire(
  {
    default_country: country,
    opt_out_url: url,
    opt_out_method: method,
    ...texts
  }: Static<typeof UpdateAccountInput>,
  present: Account,
): Partial<Account> {
  return {
    ...texts,
    ...(country === undefined ? undefined : { defaultCountry: countryFromWire(country) }),
    ...optOutCallbackFromWire(url, method, present),
  };
}

function countryFromWire(country: string): string | null {
  if (country === 'none') return null;
  const iso2 = country.toUpperCase();
  if (!isCountry(iso2)) throw new ApiError('invalid', 'default_country must be a country, or none');
  return iso2;
}

function optOutCallbackFromWire(
  given: string | undefined,
  method: 'GET' | 'POST' | undefined,
  { mainId, optOutCallback: present }: Account,
): Partial<Account> {
  if (given === undefined && method === undefined) return {};
  if (mainId !== null) throw new ApiError('invalid', 'opt_out_url is a setting of the main account');
  if (given === 'none') return { optOutCallback: null };
  const url = given ?? present?.url;
  if (url === undefined) throw new ApiError('invalid', 'opt_out_method needs an opt_out_url');
  if (!isCallableUrl(url)) {
    const rule = `an http or https URL of at most ${maxUrlLength} characters, or none`;
    throw new ApiError('invalid', `opt_out_url must be ${rule}`);
  }
  return { optOutCallback: { url, method: method ?? present?.method ?? 'POST' } };
}

export const AccountBody = Type.Object({
  account_type: Type.String(),
  address: Type.String(),
  auth_id: Type.String(),
  auto_recharge: Type.Boolean(),
  billing_mode: Type.String(),
  cash_credits: Type.String(),
  city: Type.String(),
  default_country: Type.Union([Type.String(), Type.Null()], {
    description: 'Extension: country whose national numbers are read; null where none are.',
  }),
  name: Type.String(),
  opt_out_method: Type.Union([HttpMethod, Type.Null()], { description: 'Extension.' }),
  opt_out_url: Type.Union([Type.String(), Type.Null()], {
    description: 'Extension: URL that is called when a person opts out or in; null where none is.',
  }),
  resource_uri: Type.String(),
  state: Type.String(),
  timezone: Type.String(),
});

/** Returns an account on the wire. There is no billing here: its fields say that nothing costs anything. */
export function accountToWire(account: Account) {
  return {
    account_type: 'standard',
    address: account.address,
    auth_id: account.authId,
    auto_recharge: false,
    billing_mode: 'prepaid',
    cash_credits: '0.00000',
    city: account.city,
    default_country: account.defaultCountry,
    name: account.name,
    opt_out_method: account.optOutCallback?.method ?? null,
    opt_out_url: account.optOutCallback?.url ?? null,
    resource_uri: `/v1/Account/${account.authId}/`,
    state: account.state,
    timezone: 'UTC',
  };
}

const subaccountName = Type.String({
  minLength: 1,
  maxLength: 255,
  trim: true,
  description: 'Name of the subaccount.',
});
const enabled = Type.Optional(
  Type.Boolean({ description: 'Whether the subaccount may use the API. Default false.' }),
);

export const ListSubaccountsInput = Type.Object({
  ...orderParameters(subaccountOrders, 'without it the oldest comes first.'),
  ...pageParameters,
});

export const CreateSubaccountInput = Type.Object({ name: subaccountName, enabled });
export const UpdateSubaccountInput = Type.Object({ name: Type.Optional(subaccountName), enabled });
export const DeleteSubaccountInput = Type.Object({
  cascade: Type.Optional(Type.Boolean({ description: 'Also delete its powerpacks. Default false.' })),
});

export const CreatedSubaccount = Type.Object({
  auth_id: Type.String(),
  auth_token: Type.String(),
  message: Type.Literal('created'),
});

export const SubaccountBody = Type.Object({
  account: Type.String(),
  auth_id: Type.String(),
  auth_token: Type.String(),
  created: Type.String(),
  enabled: Type.Boolean(),
  modified: Type.Union([Type.String(), Type.Null()]),
  name: Type.String(),
  new_auth_token: Type.String(),
  resource_uri: Type.String(),
});

export function subaccountToWire(account: Account, authToken: string) {
  return {
    account: `/v1/Account/${account.mainId}/`,
    auth_id: account.authId,
    auth_token: authToken,
    created: utcDay(account.createdAt),
    enabled: account.enabled,
    modified: account.modifiedAt === null ? null : utcDay(account.modifiedAt),
    name: account.name,
    new_auth_token: authToken,
    resource_uri: `/v1/Account/${account.mainId}/Subaccount/${account.authId}/`,
  };
}

const maxGraceSeconds = 30 * 24 * 3600;

/** How long an old token stays valid by default: one day, in seconds. */
export const defaultGraceSeconds = 86_400;

export const RotateTokenInput = Type.Object({
  grace_seconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: maxGraceSeconds,
      default: defaultGraceSeconds,
      description: 'How long the old token stays valid. Default one day.',
    }),
  ),
});

export const RotatedToken = Type.Object({ auth_id: Type.String(), auth_token: Type.String() });

/** The country of a pricing request that names none: .NET sends none. */
export const defaultPricingCountry = 'US';

export const PricingInput = Type.Object({
  country_iso: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z]{2}$',
      aliases: ['country_iso2'],
      expected: 'a country code of two letters',
      default: defaultPricingCountry,
      description: 'ISO 3166-1 code of the country.',
    }),
  ),
});

const rate = Type.Object({ rate: Type.String() });

export const PricingBody = Type.Object({
  country: Type.String(),
  country_code: Type.Integer(),
  country_iso: Type.String(),
  message: Type.Object({
    inbound: rate,
    outbound: rate,
    outbound_networks_list: Type.Array(Type.Object({ group_name: Type.String(), rate: Type.String() })),
  }),
  mms: Type.Object({ inbound: rate, outbound: rate }),
  phone_numbers: Type.Object({ local: rate, tollfree: rate }),
  voice: Type.Object({
    inbound: Type.Object({ ip: rate, local: rate, tollfree: rate }),
    outbound: Type.Object({
      ip: rate,
      local: rate,
      tollfree: rate,
      rates: Type.Array(Type.Object({ prefix: Type.Array(Type.String()), rate: Type.String() })),
    }),
  }),
});

/** Returns prices of 0, in the form that the SDKs' pricing calls need. */
export function pricingToWire(country: { name: string; callingCode: number; iso2: string }) {
  const free = { rate: '0.00000' };
  return {
    country: country.name,
    country_code: country.callingCode,
    country_iso: country.iso2,
    message: { inbound: free, outbound: free, outbound_networks_list: [] },
    mms: { inbound: free, outbound: free },
    phone_numbers: { local: free, tollfree: free },
    voice: {
      inbound: { ip: free, local: free, tollfree: free },
      outbound: {
        ip: free,
        local: free,
        tollfree: free,
        rates: [{ prefix: [String(country.callingCode)], rate: '0.00000' }],
      },
    },
  };
}
