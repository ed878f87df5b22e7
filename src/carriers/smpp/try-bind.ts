// One bind for a person who looks for a fault: connects, binds, says goodbye, and tells what the SMSC said (carriers.md section 4.11).
import type { Timers } from '../../base/timers.ts';
import type { LinkRole } from '../carrier.ts';
import { bindRequest } from './bind-request.ts';
import type { SmppConfig } from './config.ts';
import type { Connect } from './connect.ts';
import { isRefusal } from './reconnect.ts';
import { Session } from './session.ts';
import { sessionSettings } from './session-settings.ts';
import { nameStatus, statuses } from './status-table.ts';

interface TryBindParts {
  readonly connect: Connect;
  readonly timers: Timers;
}

/** Causes of a refused bind, in the order of likelihood, as those who ran into them tell. */
const causes: ReadonlyMap<number, string> = new Map([
  [statuses.invalidPassword, 'the password is wrong, or this address may not use the account'],
  [statuses.invalidSystemId, 'the SMSC does not know this system_id'],
  [statuses.invalidSystemType, 'the SMSC wants another system_type'],
  [statuses.bindFailed, 'often the account has too many binds: another program uses it'],
  [
    statuses.alreadyBound,
    'the account is bound already: by a running server, by another program, or by a session that the SMSC still holds',
  ],
]);

/**
 * Returns a sentence on what an SMSC says to a bind, which is ended at once. It binds as a transmitter, which takes no receipts away from a running
 * server, and where that is refused as the entry says. Throws with a sentence otherwise. It ends within `connect_seconds`, `bind_seconds` for
 * each of two binds, and a second for the goodbye.
 */
export async function tryBind(config: SmppConfig, host: string, parts: TryBindParts): Promise<string> {
  const first = await bindOnce(config, host, 'transmitter', parts);
  const needsOther =
    first.status !== statuses.ok && !isRefusal(first.status) && config.bind === 'transceiver';
  const { status, systemId } = needsOther ? await bindOnce(config, host, 'transceiver', parts) : first;
  if (status === statuses.ok)
    return `${host} took the bind${systemId === '' ? '' : `, and calls itself ${systemId}`}`;
  const cause = causes.get(status);
  throw new Error(
    `${host} refused the bind: ${nameStatus(status)}${cause === undefined ? '' : ` (${cause})`}`,
  );
}

async function bindOnce(
  config: SmppConfig,
  host: string,
  role: LinkRole,
  { connect, timers }: TryBindParts,
): Promise<{ readonly status: number; readonly systemId: string }> {
  const session = new Session(await connect(host), timers, sessionSettings(config), {
    // Nothing can be stored here: the SMSC delivers it again to the server.
    deliver: async () => config.nack_status,
    answered() {},
    unbinding() {},
    unexpected() {},
    writable() {},
    ended() {},
  });
  const limit = new Date(timers.now().getTime() + config.bind_seconds * 1000);
  const cancel = timers.at(limit, () => session.end(`no answer to the bind within ${config.bind_seconds} s`));
  try {
    const answer = await session.request(bindRequest(config, role));
    if (answer.status === statuses.ok) await session.unbind();
    return { status: answer.status, systemId: 'systemId' in answer ? answer.systemId : '' };
  } catch (error) {
    throw new Error(`${host} did not take the bind: ${(error as Error).message}`);
  } finally {
    cancel();
    session.end('tried');
  }
}
