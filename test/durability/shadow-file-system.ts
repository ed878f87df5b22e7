// A model of a disk that loses power: a shadow of the database's directory to which only synced bytes come.
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { PGlite, postgresMod } from '@electric-sql/pglite';
import { DurableFileSystem } from '../../src/db/embedded/durable-file-system.ts';

type Module = Partial<postgresMod.PostgresMod>;

/** The used part of a node of Emscripten's file system. The root of a mount is its own parent. */
interface Node {
  name: string;
  parent: Node;
}

interface Stream {
  node: Node;
}

interface NodeFs {
  node_ops: {
    mknod(parent: Node, name: string, mode: number, device: number): unknown;
    rename(node: Node, folder: Node, name: string): void;
    unlink(parent: Node, name: string): void;
    rmdir(parent: Node, name: string): void;
    setattr(node: Node, attributes: { size?: number }): void;
  };
  stream_ops: {
    write(stream: Stream, heap: Int8Array, offset: number, length: number, position: number): number;
    setattr(stream: Stream, attributes: { size?: number }): void;
    fsync(stream: Stream): number;
  };
}

/** A change of a file that is not on the disk yet: works on a descriptor of its shadow. */
type Change = (descriptor: number) => void;

const directoryBit = 0o040000;

/**
 * The durable file system, with a shadow that must begin as a copy of its directory. Writes and truncations reach the
 * shadow when their file is synced; names (creating, renaming, removing) reach it at once, which is the kinder half of the
 * model. After `powerLossAt` syncs the shadow never changes again: it is the disk that is found afterwards.
 */
export class ShadowFileSystem extends DurableFileSystem {
  readonly #shadow: string;
  readonly #powerLossAt: number;
  readonly #pending = new Map<string, Change[]>();

  constructor(directory: string, shadow: string, powerLossAt: number) {
    super(directory);
    this.#shadow = shadow;
    this.#powerLossAt = powerLossAt;
  }

  get lostPower(): boolean {
    return this.syncCount >= this.#powerLossAt;
  }

  override async init(database: PGlite, options: Module): Promise<{ emscriptenOpts: Module }> {
    const { emscriptenOpts } = await super.init(database, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), (module: Module) => this.#watch(module.NODEFS)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #watch({ node_ops, stream_ops }: NodeFs): void {
    const names = { ...node_ops };
    const contents = { ...stream_ops };
    node_ops.mknod = (parent, name, mode, device) => {
      const path = join(pathOf(parent), name);
      this.#onDisk(() =>
        (mode & directoryBit) === 0 ? writeFileSync(this.#of(path), '') : mkdirSync(this.#of(path)),
      );
      return names.mknod(parent, name, mode, device);
    };
    node_ops.rename = (node, folder, name) => {
      const [from, to] = [pathOf(node), join(pathOf(folder), name)];
      this.#onDisk(() => renameSync(this.#of(from), this.#of(to)));
      this.#pending.set(to, this.#pending.get(from) ?? []);
      this.#pending.delete(from);
      names.rename(node, folder, name);
    };
    node_ops.unlink = (parent, name) => {
      const path = join(pathOf(parent), name);
      this.#onDisk(() => unlinkSync(this.#of(path)));
      this.#pending.delete(path);
      names.unlink(parent, name);
    };
    node_ops.rmdir = (parent, name) => {
      this.#onDisk(() => rmdirSync(this.#of(join(pathOf(parent), name))));
      names.rmdir(parent, name);
    };
    node_ops.setattr = (node, attributes) => {
      this.#resize(node, attributes.size);
      names.setattr(node, attributes);
    };
    stream_ops.setattr = (stream, attributes) => {
      this.#resize(stream.node, attributes.size);
      contents.setattr(stream, attributes);
    };
    stream_ops.write = (stream, heap, offset, length, position) => {
      const bytes = heap.slice(offset, offset + length);
      this.#change(stream.node, (descriptor) => writeSync(descriptor, bytes, 0, length, position));
      return contents.write(stream, heap, offset, length, position);
    };
    stream_ops.fsync = (stream) => {
      this.#onDisk(() => this.#sync(pathOf(stream.node)));
      return contents.fsync(stream);
    };
  }

  #onDisk(change: () => void): void {
    if (!this.lostPower) change();
  }

  #of(path: string): string {
    return join(this.#shadow, path);
  }

  #resize(node: Node, size: number | undefined): void {
    if (size !== undefined) this.#change(node, (descriptor) => ftruncateSync(descriptor, size));
  }

  #change(node: Node, change: Change): void {
    if (this.lostPower) return;
    const path = pathOf(node);
    const changes = this.#pending.get(path);
    if (changes === undefined) this.#pending.set(path, [change]);
    else changes.push(change);
  }

  #sync(path: string): void {
    const changes = this.#pending.get(path);
    if (changes === undefined) return;
    const descriptor = openSync(this.#of(path), 'r+');
    for (const change of changes) change(descriptor);
    closeSync(descriptor);
    this.#pending.delete(path);
  }
}

/** Returns the path of a node, from the root of its mount. */
function pathOf(node: Node): string {
  return node.parent === node ? '' : join(pathOf(node.parent), node.name);
}
