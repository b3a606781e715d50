/** What a browser needs to log in to Matrix. */
export interface MatrixLoginToken {
  token: string;
  userId: string;
  deviceId: string;
}

/** A state event of a room. */
export interface RoomState {
  type: string;
  key: string;
  content: Record<string, unknown>;
}

/** What an encrypted event tells in clear. */
export interface EncryptedEvent {
  sessionId: string;
  sender: string;
  /** Milliseconds. */
  sentAt: number;
}

/**
 * What the API does at the homeserver, as the service account or in a person's name. It administers and can't read:
 * the service account has no device and so no key. Each call is idempotent and may be repeated after a failure.
 * Every call rejects with BatonError `MATRIX_UNAVAILABLE` when the homeserver does not answer or answers with a 5xx.
 */
export interface MatrixAdmin {
  readonly serverName: string;
  /** Makes the service account and its rights. At the start, again and again until it works. */
  ensureReady(): Promise<void>;
  /** Whether the homeserver answers. */
  ping(): Promise<void>;
  /** Matrix id of an account: `@m-…` members, `@c-…` candidates. */
  mxidOf(accountId: string, kind: 'MEMBER' | 'CANDIDATE'): string;
  /** Registers the user, if it is not there, under this display name. */
  registerUser(mxid: string, displayName: string): Promise<void>;
  setDisplayName(mxid: string, displayName: string): Promise<void>;
  /** A token with which this device may log in once within the next minute. */
  mintLogin(mxid: string, deviceId: string): Promise<MatrixLoginToken>;
  /**
   * A room of the firm: encrypted, history shared, no guests, nobody but the service account may invite, remove or
   * change it. `key` names it: a second call with the same key gives the same room.
   */
  createRoom(key: string): Promise<string>;
  /** Invites and joins. */
  join(roomId: string, mxid: string): Promise<void>;
  /** Removes, and makes the homeserver forget what the user could page back to. */
  remove(roomId: string, mxid: string, reason: string): Promise<void>;
  joinedMembers(roomId: string): Promise<string[]>;
  /** In the service account's name. The same state a second time makes no second event. */
  setState(roomId: string, state: RoomState): Promise<void>;
  /**
   * A page of a room's encrypted events, as they came, from where an earlier page ended or from the beginning.
   * `next` is where the page after it begins; null when there was nothing.
   */
  encryptedEvents(roomId: string, from: string | null): Promise<{ events: EncryptedEvent[]; next: string | null }>;
  devices(mxid: string): Promise<string[]>;
  /** Ends their access tokens; a pending long poll ends, too. Unknown ones are no error. */
  deleteDevices(mxid: string, deviceIds: string[]): Promise<void>;
  /** Ends the account for good: its devices go, it leaves its rooms, and nobody logs in to it again. */
  deactivate(mxid: string): Promise<void>;
  /** The public master cross-signing key as the homeserver shows it, or null. */
  masterKey(mxid: string): Promise<string | null>;
  /** Puts a re-made cross-signing identity in place of the old one, which the homeserver refuses to its owner. */
  replaceIdentity(mxid: string, keys: Record<string, unknown>): Promise<void>;
  close(): void;
}
