// The identity of this process, which another process can check later: is it alive, or does its pid belong to another by now?
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  pid: number;
  host: string;
  /** The namespace of the pid: containers count their own. Undefined where the system does not show it. */
  pidNamespace: string | undefined;
  /** Changes whenever the machine starts. Undefined where the system does not show it. */
  bootId: string | undefined;
  /** When the process started, in the kernel's ticks since boot: pids are reused, the pair of both is not. */
  startTicks: string | undefined;
}

/** Returns the identity of this process. Linux shows all of it, other systems only pid and host. */
export function identifyThisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    pidNamespace: readOrUndefined(() => readlinkSync('/proc/self/ns/pid')),
    bootId: readOrUndefined(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    startTicks: readProcess(process.pid)?.startTicks,
  };
}

/** Returns whether `other` is alive, seen from `self`; undefined when that cannot be seen, as between two containers. */
export function isAlive(other: ProcessIdentity, self: ProcessIdentity): boolean | undefined {
  if (other.host !== self.host || other.pidNamespace !== self.pidNamespace) return undefined;
  if (other.bootId !== self.bootId) return false;
  if (!pidExists(other.pid)) return false;
  const found = readProcess(other.pid);
  if (found === undefined || other.startTicks === undefined) return undefined;
  return !found.ended && found.startTicks === other.startTicks;
}

function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Any other error means that the process exists and may not be signalled.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Reads `/proc/<pid>/stat` (proc(5)): after the name in brackets come the state (Z, X: ended) and the fields 4 to 52. */
function readProcess(pid: number): { ended: boolean; startTicks: string | undefined } | undefined {
  const text = readOrUndefined(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { ended: fields[0] === 'Z' || fields[0] === 'X', startTicks: fields[22 - 3] };
}

function readOrUndefined(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    // Not Linux, or hidden: callers treat it as unknown.
    return undefined;
  }
}
