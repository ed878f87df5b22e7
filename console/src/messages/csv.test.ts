// Messages as CSV.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvOf } from './csv.ts';

const message = {
  message_uuid: 'a',
  message_time: '2026-03-14 09:26:53.589000+00:00',
  message_direction: 'outbound',
  message_state: 'undelivered',
  error_code: '30',
  error_message: 'Spam, "detected"',
  from_number: '14155550100',
  to_number: '14155550***',
  message_type: 'sms',
  units: 1,
  powerpack_id: null,
} as const;

test('a line of names, then one for each message; quotes where they are needed, no formulas', () => {
  const [names, line, end] = csvOf([message]).split('\r\n');
  assert.equal(
    names,
    'message_uuid,message_time,message_direction,message_state,error_code,error_message,from_number,to_number,message_type,units,powerpack_id',
  );
  assert.equal(
    line,
    'a,2026-03-14 09:26:53.589000+00:00,outbound,undelivered,30,"Spam, ""detected""",14155550100,14155550***,sms,1,',
  );
  assert.equal(end, '');
  assert.ok(csvOf([{ ...message, error_message: '=1+1' }]).includes(",'=1+1,"));
});
