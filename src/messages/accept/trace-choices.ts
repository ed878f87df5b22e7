// The spans of choosing senders: one for each send request that is traced, though they are chosen for together.
import { ApiError } from '../../base/errors.ts';
import type { Tracer } from '../../base/tracer.ts';
import type { SendRequest } from '../send-request.ts';
import { type BatchChoice, chosenMessages } from './choose-senders.ts';

/** Starts the spans; the returned function ends them. */
export function traceChoices(
  tracer: Tracer,
  requests: readonly SendRequest[],
): (choices: BatchChoice['choices']) => void {
  const spans = requests.map(({ details: { trace }, from }) =>
    trace === undefined
      ? undefined
      : tracer.start('choose sender', 'internal', trace, {
          'rucksack.powerpack': from.kind === 'powerpack' ? from.uuid : undefined,
        }),
  );
  return (choices) => {
    for (const [index, choice] of choices.entries()) {
      const senders = new Set(chosenMessages(choice).map(({ sender }) => sender));
      const refusal = choice instanceof ApiError ? choice.message : undefined;
      spans[index]?.end({ 'rucksack.senders': [...senders].join(' ') }, refusal);
    }
  };
}
