// The presets of HTTP carriers by name. Each is a whole entry but for its name and secrets. Pure.
import { bandwidth } from './bandwidth.ts';
import { jasmin } from './jasmin.ts';
import { kannel } from './kannel.ts';
import { plivo } from './plivo.ts';
import { telnyx } from './telnyx.ts';
import { twilio } from './twilio.ts';
import { vonage } from './vonage.ts';

export const presets: ReadonlyMap<string, object> = new Map(
  Object.entries({ plivo, kannel, jasmin, twilio, telnyx, bandwidth, vonage }),
);

export const presetNames: readonly string[] = [...presets.keys()];
