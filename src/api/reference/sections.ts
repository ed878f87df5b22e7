// The sections of the API: the resources in its paths, in the order in which the reference shows them.

import { resourceOf } from '../routes.ts';
import type { Tag } from './description.ts';

/** Paths of other resources belong to `Account`. */
export const sections: readonly Tag[] = [
  {
    name: 'Powerpack',
    description: 'Sets of numbers that send as one, and the rules by which one is chosen.',
  },
  { name: 'Queue', description: 'Messages that wait in the sender queues of all powerpacks.' },
  { name: 'NumberPool', description: 'The numbers, toll-free numbers and short codes of a powerpack.' },
  { name: 'OptOut', description: 'People who may not be written to, by STOP or by hand.' },
  { name: 'Message', description: 'Messages, sent and received, and what they carry.' },
  { name: 'Conversation', description: 'The messages to and from one recipient.' },
  { name: 'Traffic', description: 'The outcomes of messages over time.' },
  { name: 'Failure', description: 'Why messages did not arrive.' },
  { name: 'Media', description: 'Files that messages may carry.' },
  { name: 'Number', description: 'Numbers that the account rents or has brought along.' },
  {
    name: '10dlc',
    description: 'Brands and campaigns: whose messages numbers send in the US, and how fast they may.',
  },
  { name: 'PhoneNumber', description: 'Numbers for sale.' },
  { name: 'Application', description: 'The addresses that are called when a message comes in.' },
  { name: 'Webhook', description: "Calls to the customer's URLs, their attempts, and repeating them." },
  { name: 'Account', description: 'The account itself and its credentials.' },
  { name: 'Key', description: 'Credentials with a role, beside the auth token.' },
  { name: 'Audit', description: 'What was changed, when and by whom.' },
  { name: 'Find', description: 'Everything of the account that a text means.' },
  { name: 'Incident', description: 'What was wrong, from when until when.' },
  { name: 'Request', description: 'What was asked and answered, refusals too.' },
  { name: 'Event', description: 'A stream of the changes in the account.' },
  { name: 'Subaccount', description: 'Parts of an account with credentials of their own.' },
  { name: 'Pricing', description: 'Prices: zero, since nothing is charged here.' },
  { name: 'Carrier', description: 'The networks and vendors that messages are handed to: for the operator.' },
  { name: 'Route', description: 'Rules that lead messages to carriers: for the operator.' },
  {
    name: 'Simulator',
    description: 'The carrier that needs no carrier, and the time, for trying out and testing.',
  },
  { name: 'MainAccount', description: 'The accounts of the server: for the operator.' },
  {
    name: 'DatabaseCopy',
    description: 'A copy of the embedded database, for `rucksack backup`: for the operator.',
  },
  { name: 'Seed', description: 'The state that tests begin with.' },
  { name: 'Reset', description: 'Back to the start of a test.' },
  { name: 'Snapshot', description: 'States of the account to return to.' },
];

/** Returns the name of the section of a path. */
export function sectionOf(path: string): string {
  const resource = resourceOf(path);
  return sections.find(({ name }) => name === resource)?.name ?? 'Account';
}
