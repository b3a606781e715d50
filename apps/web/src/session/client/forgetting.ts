import type { DeviceStore } from '@baton/vault/device';
import type { ClientDependencies } from './dependencies.ts';
import { messagesName } from './localSession.ts';
import { recordsOf } from './records.ts';
import type { RunningSession } from './runningSession.ts';
import { collectUnsent } from './unsent.ts';

/**
 * Forgets everything that a session kept on this device but, where it was ended from afar, what was not sent yet. `stop`
 * ends the session. Returns the device, begun afresh.
 */
export async function forgetSession(
  deps: ClientDependencies,
  device: DeviceStore,
  { session, because, stop }: { session: RunningSession; because: 'SESSION_ENDED' | 'SIGNED_OUT'; stop(): Promise<void> },
): Promise<DeviceStore> {
  const { accountId } = session.viewer;
  const unsent = because === 'SESSION_ENDED' ? await collectUnsent(accountId, session.local.store).catch(() => null) : null;
  await stop();
  const before = await recordsOf(device).leftovers.read();
  const databases = await session.matrixDatabases();
  await deps.deleteMessages(messagesName(accountId));
  await device.wipe();
  device.close();
  const fresh = await deps.openDevice();
  const records = recordsOf(fresh);
  if (unsent) await records.unsent.write(unsent);
  await records.leftovers.write([...(before ?? []), ...(databases ? [databases] : [])]);
  return fresh;
}

/**
 * Deletes what is left of Matrix' databases. Their key went with the device's, so nothing in them can be opened; the
 * machine lets go of them only when the engine collects its garbage, and nobody who signs in waits for that.
 */
export async function sweep(deps: ClientDependencies, device: () => DeviceStore): Promise<void> {
  const prefixes = (await recordsOf(device()).leftovers.read()) ?? [];
  if (prefixes.length === 0) return;
  const { wipeHomeserver } = await deps.loadMatrix();
  await Promise.all(prefixes.map((prefix) => wipeHomeserver(prefix)));
  const { leftovers } = recordsOf(device());
  const remaining = ((await leftovers.read()) ?? []).filter((prefix) => !prefixes.includes(prefix));
  if (remaining.length > 0) await leftovers.write(remaining);
  else await leftovers.remove();
}
