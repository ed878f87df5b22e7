// The wire contract of the control plane, line by line: its checklist, its spellings, its errors, and what the SDKs need.
import { after, before, beforeEach } from 'node:test';
import { describeChecklist } from './checklist.ts';
import { describeErrors } from './error-cases.ts';
import { closeWorld, openWorld, world } from './harness.ts';
import { describeNormalisation } from './normalisation.ts';
import { describeReactions } from './reactions.ts';

before(openWorld);
beforeEach(() => world.reset());
after(closeWorld);

describeChecklist();
describeNormalisation();
describeErrors();
describeReactions();
