// The range of ids that a log is read in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idRange, type LogFilters } from './log-filters.ts';

const id = '01900000-0005-7abc-8def-000000000001';
const at = (ms: number) => new Date(0x019000000000 + ms);
const first = (ms: number) => `01900000-${ms.toString(16).padStart(4, '0')}-0000-0000-000000000000`;
const none = '00000000-0000-0000-0000-000000000000';
const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const cases: [what: string, Partial<LogFilters>, before: string | undefined, from: string, until: string][] =
  [
    ['all without a filter', {}, undefined, none, last],
    ['a stretch of time', { from: at(1), until: at(9) }, undefined, first(1), first(9)],
    ['what is older than an entry', { until: at(9) }, id, none, id],
    ['what is older than a time before that entry', { until: at(2) }, id, none, first(2)],
    ['the millisecond of one id', { id }, undefined, first(5), first(6)],
    ['that, narrowed by a time', { id, from: at(6) }, undefined, first(6), first(6)],
  ];
for (const [what, filters, before, from, until] of cases) {
  test(`is ${what}`, () => {
    const none = {
      id: undefined,
      caller: undefined,
      pathPrefix: undefined,
      from: undefined,
      until: undefined,
    };
    assert.deepEqual(idRange({ ...none, ...filters }, before), [from, until]);
  });
}
