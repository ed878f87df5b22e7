#!/usr/bin/env node
// The process: hands the command line to the program, and ends with one sentence when that fails.
import { runProgram } from './cli/program.ts';

await runProgram(process.argv);
