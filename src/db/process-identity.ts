// Which process this is, in words that another one can check later: is it still alive, or is its pid another's by now?
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  pid: number;
  host: string;
  /** Where pids are counted: containers count their own. Undefined where the system does not tell. */
  pidNamespace: string | undefined;
  /** Changes whenever the machine starts. Undefined where the system does not tell. */
  bootId: string | undefined;
  /** When the process started, in the kernel's ticks since boot: a pid is reused, the pair is not. */
  startTicks: string | undefined;
}

/** The identity of this process. Linux tells all of it, other systems only pid and host. */
export function identifyThisProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    host: hostname(),
    pidNamespace: readOrUndefined(() => readlinkSync('/proc/self/ns/pid')),
    bootId: readOrUndefined(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    startTicks: readProcess(process.pid)?.startTicks,
  };
}

/** Whether `other` is alive, seen from `self`; undefined when that cannot be told from here, as between two containers. */
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
    // Anything else means that there is one, which we may not signal.
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
    // Not Linux, or hidden from us: callers treat it as unknown.
    return undefined;
  }
}
