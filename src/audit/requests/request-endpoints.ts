// Requests: lists the entries of the log of requests. An extension.
import { defineEndpoint } from '../../http/endpoint.ts';
import { pageOf, pageSizeOf } from '../log-wire.ts';
import type { RequestLog } from './request-log.ts';
import { listRequests } from './request-store.ts';
import { ListRequestsInput, RequestListBody, requestFiltersFromWire, requestToWire } from './request-wire.ts';

interface RequestParts {
  readonly requestLog: Pick<RequestLog, 'flush'>;
}

export const listRequestsEndpoint = defineEndpoint({
  summary: 'List requests',
  description:
    'What was asked of the account by the API and the console, by whom, and what was answered: refusals, changes and reads, the newest first. Messages that were accepted, and reads of this log, are left out. Filters look through the newest 100,000 of the time, of a subaccount through its own; those of a main account on a `status` or `status__gte` of 400 or more through as many refusals. Kept for `RUCKSACK_REQUEST_LOG_DAYS`; of one account up to 600 a minute, of which 400 may be reads.',
  extension: true,
  role: 'operator',
  input: ListRequestsInput,
  mayLag: true,
  logsRefusalsOnly: true,
  answers: { 200: RequestListBody },
  async handle({ db, scope, input }, { requestLog }: RequestParts) {
    await requestLog.flush();
    const more = pageSizeOf(input) + 1;
    const requests = await listRequests(db, scope, requestFiltersFromWire(input), input.before, more);
    const list = `/v1/Account/${scope.accountId}/Request/`;
    return { status: 200, body: pageOf(list, input, requests, requestToWire) };
  },
});
