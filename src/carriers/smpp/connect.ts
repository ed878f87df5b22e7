// Connections to SMSCs, plain or with TLS, whose certificate is verified before anything is written (carriers.md section 4.2).
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { Timers } from '../../base/timers.ts';
import type { SmppConfig } from './config.ts';
import { connectionFailure } from './connection-failure.ts';
import { addressOf } from './host-address.ts';
import { readTlsFiles } from './tls-files.ts';

/** Opens a connection to `host:port`. Rejects with a sentence that names the host and the reason. */
export type Connect = (host: string) => Promise<Duplex>;

const keepAliveMs = 30_000;

/** Returns the way to a carrier's hosts. */
export function makeConnect({ tls, connect_seconds }: SmppConfig, timers: Timers): Connect {
  return async (address) => {
    const { host, port } = addressOf(address);
    const socket = tls === undefined ? connectPlain({ host, port }) : openTls(tls, host, port);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, keepAliveMs);
    const limit = new Date(timers.now().getTime() + connect_seconds * 1000);
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => {
        cancel();
        socket.destroy();
        reject(new Error(`${address} cannot be reached: ${reason}`));
      };
      const cancel = timers.at(limit, () => {
        const missing = socket.connecting ? 'no connection' : 'it takes connections, but there was no TLS';
        fail(`${missing} within ${connect_seconds} s`);
      });
      const onError = (error: Error) => fail(connectionFailure(error));
      socket.once('error', onError);
      socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
        cancel();
        socket.off('error', onError);
        resolve(socket);
      });
    });
  };
}

function openTls(tls: NonNullable<SmppConfig['tls']>, host: string, port: number): Socket {
  const name = tls.server_name ?? (isIP(host) === 0 ? host : undefined);
  return connectTls({
    host,
    port,
    ...(name === undefined ? {} : { servername: name }),
    secureContext: readTlsFiles(tls),
    rejectUnauthorized: tls.verify,
  });
}
