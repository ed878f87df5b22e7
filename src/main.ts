#!/usr/bin/env node
// The process: runs the command line, and ends with one sentence when that fails.
import { runProgram } from './cli/program.ts';

await runProgram(process.argv);
