import type { Subject } from '@baton/base';
import type { SignedIn } from '@baton/vault';
import type { DeviceStore } from '@baton/vault/device';
import type { ClientStatus, ViewerSummary } from '../contract.ts';
import type { AskedInvitations } from './askedInvitations.ts';
import type { ClientDependencies } from './dependencies.ts';
import type { RunningSession } from './runningSession.ts';

/** What the commands share: the session of the moment, and the ways into and out of one. */
export interface ClientState {
  readonly deps: ClientDependencies;
  readonly status: Subject<ClientStatus>;
  readonly askedInvitations: AskedInvitations;
  device(): DeviceStore;
  /** Resolves when the session that ended last has left nothing on the device: another one may begin. */
  cleared(): Promise<void>;
  /** Throws SIGNED_OUT where there is none. */
  session(): RunningSession;
  /** Begins a session with what a sign-in brought. */
  begin(signedIn: SignedIn): Promise<void>;
  /** Ends the session on this device and forgets everything but, where it was ended from afar, what was not sent yet. */
  end(because: 'SESSION_ENDED' | 'SIGNED_OUT'): Promise<void>;
  /** The viewer as they are now: name, address, password. */
  updateViewer(change: Partial<ViewerSummary>): Promise<void>;
}
