// The differences of our endpoints from the vendor's: by operation, one or two sentences each.

/** Differences of all endpoints. */
export const generalDifferences: readonly string[] = [
  'Nothing costs anything: every rate and credit is zero, in the shape that SDKs expect.',
  'Parameters are read from JSON, forms and the query string alike; the vendor takes JSON on POST and the query string on DELETE.',
  '`limit` above 20 counts as 20, and `meta.limit` says so.',
  'A request with a `callback_url` is carried out at once, answered 200 (`async api spawned`), and its result called back as a form: each member of the direct answer is a parameter, lists and objects as JSON, with `status_code` beside them. Tokens are left out, and extensions refuse the parameter.',
  'The sentences in `error` are ours. 409 is answered where the present state forbids something, such as a name that is taken.',
  "Another account's resources answer 404, like those that do not exist.",
  'Requests are not limited unless `RUCKSACK_REQUEST_LIMIT` is set.',
  'STOP, START and HELP, on long codes and toll-free numbers of the US, its territories and Canada, are followed and answered by the server itself; STOP in answer to a powerpack holds for all of it. The keywords are those of [operating.md](operating.md#stop-start-and-help), unless a powerpack has its own; the answer to START is ours.',
  '`GET /v1/PhoneNumber/`, which names no account, searches as the caller: one method of the PHP SDK sends that.',
];

/** Operation → difference. An operation that is not listed does what the vendor's does, as far as its reference tells. */
export const differences: Readonly<Record<string, string>> = {
  createPowerpack:
    'Extensions: `alphanumeric_first`, `deletion_protection`, `message_priority`, `opt_out_scope`, `quiet_hours`, `smart_encoding`. The default number priority is short code, long code, toll-free everywhere.',
  listPowerpacks: 'Extension: `name__contains` finds them by a part of the name.',
  updatePowerpack:
    'Parameters that are not sent stay, the application too. Entries of `number_priority` replace those of the same service and country. Turning `sticky_sender` off forgets the sticky senders. Extensions as for creating.',
  deletePowerpack:
    'Answers 204 without a body; with `RUCKSACK_DELETE_STATUS=200`, 200 with an acknowledgement. A deletion can be undone for some days, and `deletion_protection` refuses it with 409.',
  getPool: 'Also tells the path of its toll-free numbers.',
  listPoolNumbers:
    'Toll-free numbers are listed too. `starts_with` works without `country_iso2`, and with the country code as well.',
  findPoolNumber: 'Finds toll-free numbers too.',
  addPoolNumber:
    'Takes toll-free numbers too. Adding a number that is in the pool already answers 200; another `service` updates it.',
  removePoolNumber: 'Removes toll-free numbers too.',
  addPoolTollfree: 'Also reads `service` and `rent`.',
  findPoolShortcode:
    'Also reads `country_iso2`, because the same short code can be one of the US and one of Canada.',
  removePoolShortcode:
    'Also reads `country_iso2`, because the same short code can be one of the US and one of Canada.',
  listNumbers: 'Numbers are not renewed here: filters that ask for it find none. Extension: `pooled`.',
  getNumber: 'Fields for renewal and compliance are null.',
  addNumbers: 'All of them or none, at most 2,000. `carrier` is a name; nothing has to be registered first.',
  updateNumber:
    '`cnam_lookup`, `verification_info` and caller reputation are ignored. Extension: `toll_free_sms_verification`.',
  unrentNumber:
    'The number is held for the account for some days (`RUCKSACK_HOLD_DAYS`) before anyone may rent it.',
  searchPhoneNumbers:
    'Sells fictitious numbers of the US and Canada only (555-0100 to 555-0199 of each area code). They have no city, LATA, rate centre or calling area, so filters by these find none.',
  rentPhoneNumber:
    'Always fulfilled at once. `verification_info`, `cnam_lookup`, `ha_enable` and `compliance_application_id` are ignored.',
  createApplication:
    'Extension: `application_type`; a PHLO is an external flow at `message_url`. Voice URLs are stored and never called.',
  updateApplication: 'As for creating.',
  deleteApplication:
    'Powerpacks and numbers of the application are detached, whether or not `cascade` is set; nothing else is deleted.',
  getAccount: 'Billing fields are constant.',
  updateAccount: 'Also reads `state`. Extensions: `default_country`, `opt_out_url`, `opt_out_method`.',
  deleteSubaccount:
    'Numbers and applications return to the main account. While it owns powerpacks it is deleted only with `cascade`, and they go with it for good; while one of them is protected it is not deleted at all.',
  createBrand:
    'Nothing is registered: the brand is kept as data and is `COMPLETED` at once. `url` and `method` are ignored. Extensions: `brand_id`, `vetting_score`, `daily_segments`.',
  createCampaign:
    'Nothing is registered: the campaign is kept as data and is `ACTIVE` at once. `url` and `method` are ignored. Extensions: `campaign_id`, `segments_per_minute`.',
  importCampaign: 'The registry is not asked. Extensions: `brand_id`, `usecase`.',
  getCampaign: 'Extension: `usage`.',
  updateCampaign: 'Extensions: `campaign_alias`, `segments_per_minute`.',
  linkNumbers: 'At once, and without a callback: all of them or none, long codes of the US only.',
  unlinkNumber: 'At once, and without a callback.',
  sendMessage:
    'WhatsApp and senders that are a name are refused. At most 1,000 destinations, each once, of up to 15 digits as E.164 has them. An sms with media is refused. `text` is replaced by its GSM-7 look-alikes only where the powerpack has `smart_encoding`. A destination that none of the senders reaches stands in `invalid_number`.',
  getMessage: 'Times are UTC. Amounts are zero; `mcc`, `mnc` and `destination_network` are empty.',
  listMessages:
    'Has no request limit of its own. Filters by conversation find none. Filters by number compare with the shown number, so a number that `log` masks is not found. A moment without seconds is the whole minute.',
  listMessageMedia: 'With `meta`.',
  getPricing: 'Every rate is zero. Without `country_iso` the US is meant.',
};
