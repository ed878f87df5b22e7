// Reads the objects of an account's lists, the vendor's or this server's, as resources.
import { parameterReader } from '../http/parameters.ts';
import {
  ImportedApplication,
  ImportedMember,
  ImportedNumber,
  ImportedPowerpack,
  ImportedShortcode,
  ImportedSubaccount,
  type ImportRequest,
  idOf,
  typeOfId,
} from './import-wire.ts';
import type { Fields, Kind, Resource } from './resource.ts';

/** The list of a request that holds the resources of a kind. */
export const listNames = {
  subaccount: 'subaccounts',
  application: 'applications',
  number: 'numbers',
  powerpack: 'powerpacks',
  member: 'members',
  shortcode: 'shortcodes',
} as const satisfies Readonly<Record<Kind, keyof ImportRequest>>;

/** Fields that are ids, which the vendor writes as paths in some places. */
const references = ['app_id', 'application_id', 'subaccount', 'number_pool_uuid'];

/** Values that the vendor's lists leave out. */
const defaults: Readonly<Record<Kind, Fields>> = {
  subaccount: {},
  application: {
    answer_method: 'POST',
    hangup_method: 'POST',
    message_method: 'POST',
    fallback_method: 'POST',
    default_number_app: false,
    default_endpoint_app: false,
    log_incoming_messages: true,
    public_uri: false,
  },
  number: { sms_enabled: true, mms_enabled: false },
  powerpack: { sticky_sender: true, local_connect: true },
  member: { service: 'sms' },
  shortcode: {},
};

type Reader = (given: Readonly<Record<string, unknown>>) => Record<string, unknown>;

const readers: Readonly<Record<Kind, Reader>> = {
  subaccount: parameterReader(ImportedSubaccount),
  application: parameterReader(ImportedApplication),
  number: parameterReader(ImportedNumber),
  powerpack: parameterReader(ImportedPowerpack),
  member: parameterReader(ImportedMember),
  shortcode: parameterReader(ImportedShortcode),
};

/**
 * Reads an object of a list as a resource.
 * @param owner the subaccount whose list it is; undefined for the main account.
 * @throws ApiError invalid that names the field.
 */
export function resourceFromWire(kind: Kind, given: Fields, owner: string | undefined): Resource {
  const fields: Record<string, unknown> = { ...defaults[kind], ...readers[kind](given) };
  for (const field of references) {
    if (typeof fields[field] === 'string') fields[field] = idOf(fields[field]);
  }
  if (kind === 'application') fields.application_type ??= typeOfId(String(fields.app_id));
  const text = (field: string) => String(fields[field] ?? '');
  const named = (id: string, called: string): Resource => ({
    kind,
    id,
    label: called === '' ? id : `${id} "${called}"`,
    owner,
    fields,
  });
  const pool = text('number_pool_uuid');
  switch (kind) {
    case 'subaccount':
      return named(text('auth_id'), text('name'));
    case 'application':
      return named(text('app_id'), text('app_name'));
    case 'number':
      return named(text('number'), text('alias'));
    case 'powerpack':
      return named(text('uuid'), text('name'));
    case 'member':
      return { ...named(`${pool}/${text('number')}`, ''), label: `${text('number')} in pool ${pool}` };
    case 'shortcode': {
      const [code, country] = [text('shortcode'), text('country_iso2')];
      return { ...named(`${pool}/${code}/${country}`, ''), label: `${code} (${country}) in pool ${pool}` };
    }
  }
}
