// The file of rules that the simulator starts with.
import { readFileSync } from 'node:fs';
import { ApiError, OperatorError } from '../../base/errors.ts';
import type { Rule } from './rule.ts';
import { readRules } from './rule-format.ts';

/**
 * Reads a JSON file with a list of rules, as the API takes them.
 * @throws OperatorError when it cannot be read, or is not one.
 */
export function loadRules(path: string): Rule[] {
  try {
    return readRules(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof ApiError ? error.message : `cannot be read: ${(error as Error).message}`;
    throw new OperatorError(`RUCKSACK_SIMULATOR_RULES: ${path}: ${reason}`);
  }
}
