import type { Clock } from '@baton/base';
import type { Homeserver, IdentityDirectory } from '../ports.ts';

/** What it takes to be one device of one account. */
export interface HomeserverOptions {
  /** Origin of the homeserver, without a slash at its end. */
  baseUrl: string;
  /** A JWT of our API for a new device, valid for a minute; or the access token that an earlier day persisted. */
  login: { userId: string; deviceId: string } & ({ token: string } | { accessToken: string });
  /** One per account and device; caller invariant: only one connection has it open. */
  databasePrefix: string;
  /** 32 bytes that seal the crypto store on this device. */
  storageKey: Uint8Array;
  /** 32 bytes, the account's: they open secret storage on every device. */
  secretStorageKey: Uint8Array;
  directory: IdentityDirectory;
  /** The account that owns the rooms. It gets no keys and needs no certificate. */
  serviceUserId: string;
  /** True spares a new account one round trip; left out, it is found out. */
  firstDevice?: boolean;
  /** A fresh JWT when the access token has lapsed; null when our own session is over. Rejects when it can't be known now. */
  relogin(): Promise<string | null>;
  /** The access token was replaced: persist it. */
  onAccessToken?(token: string): void;
  /** After how many messages a room's session is changed; left out, after 100. */
  messagesPerSession?: number;
  clock?: Clock;
}

/** A device that is connected, or trying to. */
export interface HomeserverConnection {
  homeserver: Homeserver;
  /** Persist it, sealed: it spares the next start a log-in, and lets it begin offline. */
  accessToken: string;
  /**
   * The account's identity is on this device to stay, though the homeserver may not show it yet: a certificate may name its public
   * master key. Rejects like `identified`.
   */
  identity: Promise<{ masterKey: string }>;
  /** This device is signed by the account's identity. The public master key is what a certificate names. Rejects with BatonError `IDENTITY_LOST`. */
  identified: Promise<{ masterKey: string }>;
  /** All secrets are in secret storage and keys are being backed up: another device could take over now. */
  recoverable: Promise<void>;
  /** Looks up the devices of people whom one is about to write to, and opens channels to them. Nobody is told anything by it. */
  acquaint(userIds: string[]): Promise<void>;
  /** The first sync was handed to the core. Nothing is handed over before the core listens with `onSync`. */
  synced: Promise<void>;
}
