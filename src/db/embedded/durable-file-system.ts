// PGlite's Node file system, changed to sync to the disk and to keep its files from other users.
import { fdatasyncSync } from 'node:fs';
import type { PGlite, postgresMod } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Module = Partial<postgresMod.PostgresMod>;

/** The part of Emscripten's NODEFS that is used here and that PGlite's types leave out. */
interface EmscriptenNodeFs {
  node_ops: {
    mknod(parent: unknown, name: string, mode: number, device: number): unknown;
    setattr(node: unknown, attributes: { mode?: number }): void;
  };
  stream_ops: { fsync?: (stream: { nfd: number }) => number };
}

/** Permissions of group and others. PGlite creates files with mode 0666 whatever the umask. */
const othersPermissions = 0o077;
/** "I/O error" in WASI's numbers: PostgreSQL stops when a sync of its log fails. */
const ioError = 29;

/** The file system of one durable database directory. PGlite's own never syncs. */
export class DurableFileSystem extends NodeFS {
  /** How many times the disk was told to sync. */
  syncCount = 0;

  override async init(database: PGlite, options: Module): Promise<{ emscriptenOpts: Module }> {
    const { emscriptenOpts } = await super.init(database, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), (module: Module) => this.#amend(module.NODEFS)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #amend({ node_ops, stream_ops }: EmscriptenNodeFs): void {
    stream_ops.fsync = ({ nfd }) => {
      try {
        fdatasyncSync(nfd);
      } catch {
        return ioError;
      }
      this.syncCount += 1;
      return 0;
    };
    const { mknod, setattr } = node_ops;
    node_ops.mknod = (parent, name, mode, device) => mknod(parent, name, mode & ~othersPermissions, device);
    node_ops.setattr = (node, attributes) =>
      setattr(
        node,
        attributes.mode === undefined
          ? attributes
          : { ...attributes, mode: attributes.mode & ~othersPermissions },
      );
  }
}
