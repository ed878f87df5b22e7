// The wire contract of the data plane, line by line: its checklist, its errors, its spellings and filters.
import { after, before, beforeEach } from 'node:test';
import { closeWorld, openWorld, world } from './harness.ts';
import { describeMessageChecklist } from './message-checklist.ts';
import { describeMessageErrors } from './message-errors.ts';
import { describeMessageParameters } from './message-parameters.ts';

before(openWorld);
beforeEach(() => world.reset());
after(closeWorld);

describeMessageChecklist();
describeMessageErrors();
describeMessageParameters();
