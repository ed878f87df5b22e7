// Shopify's toxiproxy between us and a peer: a connection that it slices, delays, silences or resets.
import { join } from 'node:path';
import { until } from '../support/until.ts';
import { freePort, type Peer, scratchOf, skipWithout, startPeer } from './peers.ts';

const program = join(scratchOf('toxiproxy'), 'bin', 'server');

export const skip = skipWithout('toxiproxy', [program]);

/** A fault of the connection, in one direction. */
export interface Toxic {
  readonly type: 'slicer' | 'latency' | 'timeout' | 'reset_peer';
  /** `upstream` is from us to the peer. */
  readonly stream: 'upstream' | 'downstream';
  readonly attributes: Readonly<Record<string, number>>;
}

export class Toxiproxy {
  /** Where it listens for us. */
  readonly address: string;
  readonly #url: string;
  readonly #peer: Peer;

  private constructor(address: string, url: string, peer: Peer) {
    this.address = address;
    this.#url = url;
    this.#peer = peer;
  }

  /** Starts it with one proxy in front of an address. */
  static async start(upstream: string): Promise<Toxiproxy> {
    const [port, listenPort] = [await freePort(), await freePort()];
    const peer = await startPeer(
      program,
      ['-host', '127.0.0.1', '-port', `${port}`],
      /Starting.*HTTP server/i,
    );
    const proxy = new Toxiproxy(`127.0.0.1:${listenPort}`, `http://127.0.0.1:${port}`, peer);
    await until(() =>
      proxy.#call('POST', '/proxies', { name: 'peer', listen: proxy.address, upstream, enabled: true }).then(
        () => true,
        () => false,
      ),
    );
    return proxy;
  }

  /** Adds faults, from now on. */
  async add(...toxics: readonly Toxic[]): Promise<void> {
    for (const toxic of toxics) {
      await this.#call('POST', '/proxies/peer/toxics', { ...toxic, name: nameOf(toxic), toxicity: 1 });
    }
  }

  async remove(toxic: Toxic): Promise<void> {
    await this.#call('DELETE', `/proxies/peer/toxics/${nameOf(toxic)}`);
  }

  stop(): Promise<void> {
    return this.#peer.kill();
  }

  async #call(method: string, path: string, body?: object): Promise<void> {
    const response = await fetch(this.#url + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`toxiproxy answered ${method} ${path} with ${response.status}: ${text}`);
  }
}

const nameOf = ({ type, stream }: Toxic): string => `${type}-${stream}`;
