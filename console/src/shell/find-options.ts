// The options of the find bar: pages of the console, what the server has found, and the messages with the text. Pure.
import type { components } from '../../../client/src/schema.ts';
import { phoneNumber } from '../parts/format.ts';
import { menuEntries } from './menu-entries.ts';

export type Found = components['schemas']['Found'];

export interface Option {
  readonly href: string;
  readonly label: string;
  /** The kind of thing that it is. */
  readonly about: string;
}

/** Pages below the menu's. */
const furtherPages: readonly { readonly href: string; readonly label: string }[] = [
  { href: '/console/powerpacks/new', label: 'New powerpack' },
  { href: '/console/messages/scheduled', label: 'Scheduled messages' },
  { href: '/console/numbers/rent', label: 'Rent numbers' },
  { href: '/console/numbers/own', label: 'Own numbers' },
  { href: '/console/applications/new', label: 'New application' },
  { href: '/console/account/changes', label: 'Changes: the audit log' },
];

/** Returns where a typed text leads, best first. */
export function optionsOf(typed: string, found: readonly Found[]): readonly Option[] {
  const text = typed.trim();
  if (text === '') return [];
  return [...pagesOf(text), ...found.flatMap(optionsFor), ...messagesWith(text)];
}

/** Returns the pages in whose names a word begins with the text. */
function pagesOf(text: string): readonly Option[] {
  const wanted = text.toLowerCase();
  return [...menuEntries, ...furtherPages]
    .filter(({ label }) => ` ${label.toLowerCase()}`.includes(` ${wanted}`))
    .map((page) => ({ ...page, about: 'Page' }));
}

function optionsFor({ kind, id, name }: Found): readonly Option[] {
  const called = name === null || name === '' ? id : name;
  switch (kind) {
    case 'message':
      return [{ href: `/console/messages/${id}`, label: id, about: 'Message' }];
    case 'powerpack':
      return [{ href: `/console/powerpacks/${id}`, label: called, about: 'Powerpack' }];
    case 'webhook':
      return [{ href: `/console/webhooks/${id}`, label: id, about: 'Callback' }];
    case 'change':
      return [{ href: `/console/account/changes?api_id=${id}`, label: called, about: 'Change' }];
    case 'request':
      return [{ href: `/console/account/requests?api_id=${id}`, label: called, about: 'Request' }];
    case 'number': {
      const number = phoneNumber(id);
      const label = called === id ? number : `${number}, ${called}`;
      return [{ href: `/console/numbers/${id}`, label, about: 'Number of the account' }];
    }
    case 'person':
      return [
        {
          href: `/console/messages?number=${id}&range=week`,
          label: phoneNumber(id),
          about: 'Messages from and to',
        },
        { href: `/console/opt-outs/${id}`, label: phoneNumber(id), about: 'Opt-outs of' },
      ];
    case 'application':
      return [{ href: `/console/applications/${id}`, label: called, about: 'Application' }];
    case 'campaign':
      return [{ href: '/console/campaigns', label: called, about: '10DLC campaign' }];
    case 'brand':
      return [{ href: '/console/campaigns', label: called, about: '10DLC brand' }];
    case 'subaccount':
      return [{ href: '/console/account', label: called, about: 'Subaccount' }];
    default:
      return kind satisfies never;
  }
}

/** Returns the messages whose texts have the text: of words alone, since numbers and UUIDs are seldom in them. */
function messagesWith(text: string): readonly Option[] {
  if (!/\p{L}/u.test(text) || /^[0-9a-f-]{36}$/i.test(text)) return [];
  const query = new URLSearchParams({ text, range: 'week' });
  return [{ href: `/console/messages?${query}`, label: `“${text}”`, about: 'Messages of a week with' }];
}
