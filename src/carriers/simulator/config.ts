// The entry of the simulator among the carriers. Its rules are settings of their own. Pure.
import { z } from 'zod';
import type { Service } from '../../telecom/service.ts';

/** The name of the carrier that needs no network; it is there without an entry too. */
export const simulatorName = 'simulator';

export const simulatorServices: readonly Service[] = ['sms', 'mms'];

export const simulatorConfig = z.strictObject({
  name: z.literal(simulatorName),
  type: z.literal('simulator'),
});
