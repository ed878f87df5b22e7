// Kannel as the yardstick: smsbox, bearerbox and its fake SMSC, which reports each message as delivered. It keeps reports in memory and has no pools.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/ready.mjs';
import { call, startProcess } from './server.mjs';

const boxes = ['bearerbox', 'smsbox'];
const readyMs = 30_000;
const credentials = 'username=bench&password=bench';

/** Returns whether Kannel is installed. */
export const hasKannel = () => boxes.every((box) => spawnSync(box, ['--version']).error === undefined);

/** Returns the part of the configuration that is the SMSC: Kannel's fake one. */
const fakeOf = (port) => `
smsc = fake
smsc-id = fake
host = 127.0.0.1
port = ${port}
connect-allow-ip = 127.0.0.1`;

/** Returns the same for an SMSC of SMPP, with so many messages that may be unanswered. */
export const smppOf = (port, window) => `
smsc = smpp
smsc-id = smpp
host = 127.0.0.1
port = ${port}
transceiver-mode = true
smsc-username = bench
smsc-password = bench
system-type = ""
max-pending-submits = ${window}`;

/** Starts Kannel, with its fake SMSC or another. `pids` are its processes; `readTaken` returns how many messages the fake SMSC's telephones have. */
export async function startKannel(smsc) {
  const folder = await mkdtemp(join(tmpdir(), 'rucksack-bench-kannel-'));
  const ports = await freePorts(4);
  const [, , smscPort, sendPort] = ports;
  const path = join(folder, 'kannel.conf');
  await writeFile(path, configOf(folder, ports, smsc ?? fakeOf(smscPort)));
  const phones = await startProcess([join(root, 'bench', 'kannel-phones.mjs'), String(smscPort)]);
  const started = [];
  const stop = async () => {
    for (const box of started.reverse()) await kill(box);
    await phones.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    started.push(await startBox('bearerbox', path, /MAIN: Start-up done/));
    started.push(await startBox('smsbox', path, /Connected to bearerbox/));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `http://127.0.0.1:${sendPort}`,
    pids: Object.fromEntries(started.map((box, index) => [boxes[index], box.pid])),
    readTaken: async () => Number(await call(phones.url, 'GET', '/taken')),
    stop,
  };
}

/** Makes the function that makes requests like those of `makeTraffic`; with `statusUrl` every report is told to it, with its type behind `?dlr=`. */
export function makeKannelTraffic(statusUrl) {
  let sent = 0;
  const report =
    statusUrl === undefined ? '' : `&dlr-mask=31&dlr-url=${encodeURIComponent(`${statusUrl}?dlr=%d`)}`;
  return () => {
    sent += 1;
    const to = 12_122_000_000 + ((sent * 7919) % 3_500_000);
    const path = `/cgi-bin/sendsms?${credentials}&from=12025550100&to=${to}&text=Your+code+is+123456${report}`;
    return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  };
}

/** Returns the configuration. Without log files little is printed. */
const configOf = (folder, [adminPort, boxPort, , sendPort], smsc) => `
group = core
admin-port = ${adminPort}
admin-interface = 127.0.0.1
admin-password = bench
smsbox-port = ${boxPort}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
dlr-storage = internal
store-type = file
store-location = "${folder}/kannel.store"

group = smsc
${smsc.trim()}

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${sendPort}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = bench
password = bench
`;

/** Starts one box; resolves once it has printed `ready`. It reads nothing but its configuration. */
async function startBox(box, path, ready) {
  const child = spawn(box, ['-v', '1', path], { stdio: ['ignore', 'ignore', 'pipe'] });
  let printed = '';
  child.stderr.setEncoding('utf8');
  await new Promise((resolve, reject) => {
    const fail = (reason) => reject(new Error(`${box} ${reason}: ${printed.slice(-2000)}`));
    const timer = setTimeout(() => fail('did not start'), readyMs);
    child.on('error', (error) => fail(error.message));
    child.on('exit', () => fail('ended'));
    child.stderr.on('data', (text) => {
      if (printed.length < 100_000) printed += text;
      if (!ready.test(printed)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  return child;
}

async function kill(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  for (const server of servers) server.close();
  return ports;
}
