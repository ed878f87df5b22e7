// Alert rules and the dashboard name metrics that the server exposes, and leave none of its own out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeMetrics } from '../../src/api/metrics.ts';
import { packageRoot } from '../../src/base/package-root.ts';
import { systemTimers } from '../../src/base/timers.ts';

/** The suffixes that Prometheus gives the series of a histogram. */
const histogramSuffix = /_(bucket|count|sum)$/;

async function exposedNames(): Promise<Set<string>> {
  const metrics = makeMetrics(async () => ({ messages: 0, webhooks: 0 }), systemTimers);
  metrics.measureCarriers(() => []);
  metrics.measureReplica({
    state: { isUsed: true, lagMs: 0 },
    counts: { standby: 0, primary: 0 },
  });
  const { text } = await metrics.expose();
  return new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name as string));
}

/** Returns the metrics that a file's expressions name. */
function namesIn(file: string): Set<string> {
  const text = readFileSync(join(packageRoot, file), 'utf8');
  const found = text.matchAll(/\b((?:rucksack|nodejs|process)_[a-z0-9_]+)\b(?=[{,])/g);
  return new Set([...found].map(([, name]) => (name as string).replace(histogramSuffix, '')));
}

const files = ['deploy/prometheus/alerts.yaml', 'deploy/grafana/rucksack.json'];

for (const file of files) {
  test(`${file} names metrics that there are`, async () => {
    const exposed = await exposedNames();
    const named = namesIn(file);
    assert.ok(named.size > 5);
    assert.deepEqual(
      [...named].filter((name) => !exposed.has(name)),
      [],
    );
  });
}

test('the dashboard shows every metric of the server, and every alert has a test', async () => {
  const own = [...(await exposedNames())].filter((name) => name.startsWith('rucksack_'));
  const shown = namesIn('deploy/grafana/rucksack.json');
  assert.deepEqual(
    own.filter((name) => !shown.has(name)),
    [],
  );
  const alerts = readFileSync(join(packageRoot, 'deploy/prometheus/alerts.yaml'), 'utf8');
  const tests = readFileSync(join(packageRoot, 'deploy/prometheus/alerts.test.yaml'), 'utf8');
  const named = [...alerts.matchAll(/alert: (\w+)/g)].map(([, alert]) => alert as string);
  assert.deepEqual(
    named.filter((alert) => !tests.includes(`alertname: ${alert}`)),
    [],
  );
});
