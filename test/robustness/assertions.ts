// Checks any answer: it must be an error in the wire's format, or a documented success.
import { describeApi } from '../../src/api/reference/openapi.ts';
import { routes } from '../../src/api/routes.ts';
import { makeAnswerCheck } from '../support/answer-check.ts';
import type { WireAnswer } from './exchange.ts';

const checkAnswer = makeAnswerCheck(describeApi(routes, 'test', undefined));

const isRefusal = ({ status }: WireAnswer) => status >= 400 && status < 500;
const isSuccess = ({ status }: WireAnswer) => status >= 200 && status < 300;
const shown = ({ status, text }: WireAnswer) => `${status} ${text.slice(0, 200)}`;

/** Returns one sentence on what is wrong with the answer to a request; undefined when nothing is. */
export function answerFault(method: string, target: string, answer: WireAnswer): string | undefined {
  if (!isSuccess(answer)) return refusalFault(answer, method === 'HEAD');
  try {
    checkAnswer({ method, target: decodePath(target), status: answer.status, text: answer.text });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Returns the same for an answer to an unknown request, for which any success will do. */
export function bareAnswerFault(answer: WireAnswer): string | undefined {
  return isSuccess(answer) ? undefined : refusalFault(answer, false);
}

function refusalFault(answer: WireAnswer, isBodiless: boolean): string | undefined {
  if (!isRefusal(answer)) return `neither a success nor a refusal: ${shown(answer)}`;
  if (!/^application\/json(;|$)/.test(answer.headers['content-type'] ?? ''))
    return `not announced as JSON: ${shown(answer)}`;
  const fits = isBodiless ? answer.text === '' : hasWireShape(answer.text);
  return fits ? undefined : `not in the wire's shape: ${shown(answer)}`;
}

function hasWireShape(text: string): boolean {
  try {
    const { api_id, error } = JSON.parse(text);
    return typeof api_id === 'string' && api_id !== '' && typeof error === 'string' && error !== '';
  } catch {
    return false;
  }
}

/** Returns a path without `%41` for letters, as the description has it. */
function decodePath(target: string): string {
  const [path = '', ...query] = target.split('?');
  try {
    return [decodeURI(path), ...query].join('?');
  } catch {
    return target;
  }
}
