// Jasmin as a yardstick, where `npm run test:carriers` has installed it: over HTTP in, and over SMPP to the SMSC of the benchmark.
import { setTimeout as pause } from 'node:timers/promises';

/** Jasmin drops all that comes while its connection to the SMSC is not bound. */
const readyMs = 60_000;
const lookEveryMs = 100;

/** Starts Jasmin in front of an SMSC; returns `undefined` where it is not installed. `pid` is that of its gateway, which is not all that it needs. */
export async function startJasmin(smsc) {
  const { accountCommands, isInstalled, Jasmin } = await import('../dist/test/peers/jasmin-gateway.js');
  if (!isInstalled) return undefined;
  const jasmin = await Jasmin.start();
  try {
    await jasmin.command(accountCommands(smsc.port));
    await untilBound(smsc);
  } catch (error) {
    await jasmin.stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${jasmin.httpPort}`, pid: jasmin.pid, stop: () => jasmin.stop() };
}

async function untilBound(smsc) {
  const end = performance.now() + readyMs;
  while ((await smsc.readBound()) === 0) {
    if (performance.now() > end) throw new Error('Jasmin did not bind');
    await pause(lookEveryMs);
  }
}

/** Makes the function that makes requests like those of `makeTraffic`. */
export async function makeJasminTraffic() {
  const { jasminAccount } = await import('../dist/test/peers/jasmin-gateway.js');
  const { user, password } = jasminAccount;
  let sent = 0;
  return () => {
    sent += 1;
    const to = 12_122_000_000 + ((sent * 7919) % 3_500_000);
    const path = `/send?username=${user}&password=${password}&from=12025550100&to=${to}&content=Your+code+is+123456`;
    return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  };
}
