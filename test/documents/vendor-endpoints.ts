// The vendor's endpoints, as its API reference and its SDKs tell them: what docs/coverage.md is compared with.

/** Where the list comes from, and when it was put together. */
export const source =
  "Plivo's public API reference (plivo.com/docs: messaging, numbers, account), the Delete and Update pages of Powerpack, and the requests of the Node SDK 4.79.0 and the other SDKs; put together on 2026-11-21";

export interface VendorEndpoint {
  readonly family: string;
  readonly method: string;
  /** Below `/v1/Account/{auth_id}/`. */
  readonly path: string;
  readonly title: string;
}

const endpoint = (method: string, path: string, title: string): VendorEndpoint => ({
  family: path.split('/')[0] || 'Account',
  method,
  path,
  title,
});

const pool = 'NumberPool/{number_pool_uuid}/';

// biome-ignore format: one line an endpoint, to be compared with the reference
export const vendorEndpoints: readonly VendorEndpoint[] = [
  endpoint('GET',    'Powerpack/',                                    'List all powerpacks'),
  endpoint('POST',   'Powerpack/',                                    'Create a powerpack'),
  endpoint('GET',    'Powerpack/{powerpack_uuid}/',                   'Retrieve a powerpack'),
  endpoint('POST',   'Powerpack/{powerpack_uuid}/',                   'Update a powerpack'),
  endpoint('DELETE', 'Powerpack/{powerpack_uuid}/',                   'Delete a powerpack'),

  endpoint('GET',    pool,                                            'The number pool object'),
  endpoint('GET',    `${pool}Number/`,                                'List all numbers'),
  endpoint('GET',    `${pool}Number/{number}/`,                       'Retrieve a number'),
  endpoint('POST',   `${pool}Number/{number}/`,                       'Add a number'),
  endpoint('DELETE', `${pool}Number/{number}/`,                       'Remove a number'),
  endpoint('GET',    `${pool}Tollfree/`,                              'List all toll-free numbers'),
  endpoint('GET',    `${pool}Tollfree/{number}/`,                   'Retrieve a toll-free number'),
  endpoint('POST',   `${pool}Tollfree/{number}/`,                   'Add a toll-free number'),
  endpoint('DELETE', `${pool}Tollfree/{number}/`,                   'Remove a toll-free number'),
  endpoint('GET',    `${pool}Shortcode/`,                             'List all short codes'),
  endpoint('GET',    `${pool}Shortcode/{shortcode}/`,                 'Retrieve a short code'),
  endpoint('DELETE', `${pool}Shortcode/{shortcode}/`,                 'Remove a short code'),

  endpoint('GET',    'Number/',                                       'List all my numbers'),
  endpoint('POST',   'Number/',                                       'Add a number from your own carrier'),
  endpoint('GET',    'Number/{number}/',                              'Retrieve a number'),
  endpoint('POST',   'Number/{number}/',                              'Update a number'),
  endpoint('DELETE', 'Number/{number}/',                              'Unrent a number'),

  endpoint('GET',    'PhoneNumber/',                                  'Search for phone numbers'),
  endpoint('POST',   'PhoneNumber/{number}/',                         'Buy a phone number'),

  endpoint('GET',    'Application/',                                  'List all applications'),
  endpoint('POST',   'Application/',                                  'Create an application'),
  endpoint('GET',    'Application/{app_id}/',                         'Retrieve an application'),
  endpoint('POST',   'Application/{app_id}/',                         'Update an application'),
  endpoint('DELETE', 'Application/{app_id}/',                         'Delete an application'),

  endpoint('GET',    '',                                              'Retrieve the account'),
  endpoint('POST',   '',                                              'Update the account'),

  endpoint('GET',    'Subaccount/',                                   'List all subaccounts'),
  endpoint('POST',   'Subaccount/',                                   'Create a subaccount'),
  endpoint('GET',    'Subaccount/{subaccount_id}/',                   'Retrieve a subaccount'),
  endpoint('POST',   'Subaccount/{subaccount_id}/',                   'Update a subaccount'),
  endpoint('DELETE', 'Subaccount/{subaccount_id}/',                   'Delete a subaccount'),

  endpoint('GET',    'Pricing/',                                      'Retrieve pricing'),

  endpoint('GET',    '10dlc/Brand/',                                  'List all brands'),
  endpoint('POST',   '10dlc/Brand/',                                  'Create a brand'),
  endpoint('GET',    '10dlc/Brand/{brand_id}/',                       'Retrieve a brand'),
  endpoint('DELETE', '10dlc/Brand/{brand_id}/',                       'Delete a brand'),
  endpoint('GET',    '10dlc/Campaign/',                               'List all campaigns'),
  endpoint('POST',   '10dlc/Campaign/',                               'Create a campaign'),
  endpoint('POST',   '10dlc/Campaign/Import/',                        'Import a campaign'),
  endpoint('GET',    '10dlc/Campaign/{campaign_id}/',                 'Retrieve a campaign'),
  endpoint('POST',   '10dlc/Campaign/{campaign_id}/',                 'Update a campaign'),
  endpoint('DELETE', '10dlc/Campaign/{campaign_id}/',                 'Delete a campaign'),
  endpoint('GET',    '10dlc/Campaign/{campaign_id}/Number/',          'List the numbers of a campaign'),
  endpoint('POST',   '10dlc/Campaign/{campaign_id}/Number/',          'Link numbers to a campaign'),
  endpoint('GET',    '10dlc/Campaign/{campaign_id}/Number/{number}/', 'Find a number in a campaign'),
  endpoint('DELETE', '10dlc/Campaign/{campaign_id}/Number/{number}/', 'Unlink a number from a campaign'),

  endpoint('POST',   'Message/',                                      'Send a message'),
  endpoint('GET',    'Message/',                                      'List all messages'),
  endpoint('GET',    'Message/{message_uuid}/',                       'Retrieve a message'),
  endpoint('GET',    'Message/{message_uuid}/Media/',                 'List the media of a message'),
  endpoint('GET',    'Message/{message_uuid}/Media/{media_id}/',      'Retrieve a medium of a message (Java SDK)'),
  endpoint('DELETE', 'Message/{message_uuid}/Media/',                 'Delete the media of a message (Ruby and PHP SDKs)'),

  endpoint('POST',   'Media/',                                        'Upload media'),
  endpoint('GET',    'Media/',                                        'List media'),
  endpoint('GET',    'Media/{media_id}/',                             'Retrieve media'),
];

/** Families of the vendor's API that this server has nothing of: what they are called in paths, and what they are for. */
export const absentFamilies: readonly [name: string, about: string][] = [
  ['Call, LiveCall, Call Feedback', 'making and steering phone calls'],
  ['Conference, MultiPartyCall', 'calls of several people'],
  ['Recording, AudioStream, Transcription', 'what is kept or heard of calls'],
  ['Endpoint, JWT/Token', 'SIP endpoints and the tokens of the browser and mobile SDKs'],
  ['Zentrunk', 'SIP trunks'],
  ['phlo', 'flows that run at the vendor; an application of type PHLO points at a flow of your own instead'],
  [
    'Profile, 10dlc/Brand/{brand_id}/OTP, 10dlc/Brand/{brand_id}/usecases',
    'registration of senders with the US carriers',
  ],
  ['TollfreeVerification', 'verification of toll-free numbers'],
  ['HostedMessagingNumber', 'numbers hosted by other carriers'],
  [
    'ComplianceApplication, ComplianceDocument, ComplianceDocumentType, ComplianceRequirement, EndUser, PhoneNumber/Compliance',
    'papers that some countries ask for',
  ],
  ['IncomingCarrier', 'carriers of your own at the vendor; a carrier is only a name here'],
  ['Verify, VerifiedCallerId', 'one-time passwords and the checking of caller ids'],
  ['Lookup', 'facts about a number'],
  ['Masking', "calls between two people who do not see each other's numbers"],
  ['WhatsApp and RCS', 'channels other than SMS and MMS'],
];
