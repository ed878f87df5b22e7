// The simulator keeps the contract of carriers.
import { InFlightTracker } from '../../src/base/in-flight.ts';
import { systemTimers } from '../../src/base/timers.ts';
import { VirtualClock } from '../../src/base/virtual-clock.ts';
import { noRecordLog } from '../../src/carriers/simulator/record-log.ts';
import { readRules, writeFailure } from '../../src/carriers/simulator/rule-format.ts';
import { Simulator } from '../../src/carriers/simulator/simulator.ts';
import { type SubmitFailure, submitFailures } from '../../src/carriers/submit-error.ts';
import { carrierContract } from './contract.ts';

const abilities = {
  failures: Object.keys(submitFailures) as SubmitFailure[],
  namesAreUnique: true,
  reports: true,
  inParts: true,
};

/** Long messages only: one of a segment is no part. */
const partByPart = readRules([{ in_parts: true }]);

carrierContract('simulator', abilities, async () => {
  const clock = new VirtualClock(systemTimers);
  clock.freeze();
  const inFlight = new InFlightTracker();
  const carrier = new Simulator({
    timers: clock,
    inFlight,
    seed: 1,
    rules: partByPart,
    log: noRecordLog,
    onError: () => {},
  });
  const decideNext = (rule: object) =>
    carrier.rules.replace([...readRules([{ ...rule, times: 1 }]), ...partByPart]);
  return {
    carrier,
    failNext: (failure) => decideNext({ submit: writeFailure(failure) }),
    undeliverNext: (errorCode) => decideNext({ report: 'undelivered', error_code: errorCode }),
    // It answers at once: there is nothing to hold.
    holdNext: () => () => {},
    taken: () =>
      carrier.records.submissions
        .newestFirst()
        .reverse()
        .map(({ submission }) => submission.reference),
    sendFromHandset: (message) => void carrier.fromHandset(message),
    pass: (durationMs) => clock.advance(durationMs, () => inFlight.idle()),
    close: async () => {},
  };
});
