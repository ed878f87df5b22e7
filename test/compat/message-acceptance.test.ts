// The wire contract of the data plane, line by line: its checklist, its errors, its spellings and filters.
import { after, before, beforeEach } from 'node:test';
import { clearStage, setStage, world } from './harness.ts';
import { describeMessageChecklist } from './message-checklist.ts';
import { describeMessageErrors } from './message-errors.ts';
import { describeMessageParameters } from './message-parameters.ts';

before(setStage);
beforeEach(() => world.reset());
after(clearStage);

describeMessageChecklist();
describeMessageErrors();
describeMessageParameters();
