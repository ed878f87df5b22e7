// The names that the API gives to incidents: extensions, in the vendor's style.

import { type Static, Type } from 'typebox';
import { LogMeta, nullable } from '../audit/log-wire.ts';
import { maskUrl } from '../audit/write-state.ts';
import { isoMicroseconds, Uuid } from '../http/schemas.ts';
import { type Incident, incidentKinds } from './incident.ts';
import type { IncidentFilters } from './incident-store.ts';

export const ListIncidentsInput = Type.Object({
  before: Type.Optional(
    Type.String({
      ...Uuid,
      expected: 'a UUID',
      description: 'Only incidents that were found before this one.',
    }),
  ),
  kind: Type.Optional(Type.Enum([...incidentKinds], { description: 'Only incidents of this kind.' })),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, default: 20, description: 'Entries per page; more than 100 counts as 100.' }),
  ),
  state: Type.Optional(
    Type.Enum(['open', 'ended'], { description: 'Only incidents that last, or that are over.' }),
  ),
});

export const IncidentBody = Type.Object({
  affected: Type.Integer({
    description: 'At its worst: the messages or callbacks that it concerned; 0 for a carrier.',
  }),
  began_at: Type.String(),
  ended_at: nullable(Type.String({ description: 'When it was seen last; null while it lasts.' })),
  incident_id: Type.String(),
  kind: Type.Enum([...incidentKinds], {
    description:
      "A carrier that is down in all processes (the operator's account alone has these), a code that a tenth of an hour's messages failed with, messages that wait five minutes beyond their send slot, a number of whose messages too few arrive, or a URL at which half of an hour's callbacks fail.",
  }),
  sentence: Type.String({ description: 'Of when it was at its worst.' }),
  subject: Type.String({
    description: 'The carrier, the code, the powerpack (empty without one), the number or the URL.',
  }),
  total: Type.Integer({ description: 'Of how many `affected` is a part.' }),
});

export const IncidentListBody = Type.Object({ meta: LogMeta, objects: Type.Array(IncidentBody) });

export const incidentFiltersFromWire = ({
  kind,
  state,
}: Static<typeof ListIncidentsInput>): IncidentFilters => ({
  kind,
  isOpen: state === undefined ? undefined : state === 'open',
});

export function incidentToWire(incident: Incident) {
  return {
    affected: incident.affected,
    began_at: isoMicroseconds(incident.beganAt),
    ended_at: incident.endedAt === undefined ? null : isoMicroseconds(incident.endedAt),
    incident_id: incident.id,
    kind: incident.kind,
    sentence: incident.sentence,
    subject: maskUrl(incident.subject),
    total: incident.total,
  };
}
