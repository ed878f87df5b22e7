// Incidents: lists what was wrong, from when until when. An extension.
import { requireMainAccount } from '../accounts/scope.ts';
import { pageOf, pageSizeOf } from '../audit/log-wire.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { listIncidents } from './incident-store.ts';
import {
  IncidentListBody,
  incidentFiltersFromWire,
  incidentToWire,
  ListIncidentsInput,
} from './incident-wire.ts';

export const listIncidentsEndpoint = defineEndpoint({
  summary: 'List incidents',
  description:
    'What was wrong, from when until when, the newest first: carriers, URLs of callbacks, numbers, late messages, codes. The server looks each minute; one that it has not seen for three is over. Kept for 90 days. The main account only.',
  extension: true,
  input: ListIncidentsInput,
  mayLag: true,
  answers: { 200: IncidentListBody },
  async handle({ db, scope, input }) {
    requireMainAccount(scope);
    const more = pageSizeOf(input) + 1;
    const incidents = await listIncidents(
      db,
      scope.mainId,
      incidentFiltersFromWire(input),
      input.before,
      more,
    );
    const list = `/v1/Account/${scope.accountId}/Incident/`;
    return { status: 200, body: pageOf(list, input, incidents, incidentToWire) };
  },
});
