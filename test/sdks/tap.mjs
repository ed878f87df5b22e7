// Reads TAP, the Test Anything Protocol, which the programs in the other languages print.

/**
 * Returns the results in a program's output: lines `ok 1 - name` and `not ok 2 - name`, the latter with lines `# why` below,
 * and `1..2` at the end, without which the program did not reach its end. Other lines are the SDK's own and ignored.
 * @param {{ status: number | null, output: string }} ended
 * @returns {{ name: string, ok: boolean, why: string }[]}
 */
export function readTap({ status, output }) {
  const results = [];
  let plan;
  for (const line of output.split('\n')) {
    const [, not, name] = /^(not )?ok \d+ - (.*)$/.exec(line) ?? [];
    if (name !== undefined) results.push({ name, ok: not === undefined, why: '' });
    else if (line.startsWith('# ') && results.length > 0) results.at(-1).why += `${line.slice(2)}\n`;
    else plan = /^1\.\.(\d+)$/.exec(line)?.[1] ?? plan;
  }
  if (status !== 0 || Number(plan) !== results.length) {
    const why = `status ${status}, ${results.length} of ${plan ?? '?'} checks, its last words:\n${output.slice(-2000)}`;
    results.push({ name: 'the program comes to its end', ok: false, why });
  }
  return results;
}
