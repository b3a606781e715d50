import type { AttributionRecord, OutboxRow } from '@baton/messaging';
import { jsonRecord, type DeviceStore, type JsonRecord } from '@baton/vault/device';
import type { KeptHandOver, LinkView, TeamRoomSummary, ViewerSummary } from '../contract.ts';
import type { ConversationAnswer } from '../server/conversationServer.ts';
import type { Claim } from './vault/logGossip.ts';
import type { VaultProgress } from './vault/readVaults.ts';

/** This browser's log-in to Matrix. */
export interface MatrixRecord {
  userId: string;
  deviceId: string;
  /** Null until the first log-in has succeeded. */
  accessToken: string | null;
  /** 32 bytes that seal the crypto store, base64. */
  storageKey: string;
}

/** One database for each device of each account: a new sign-in never meets an old device's keys. */
export const databasePrefixOf = ({ userId, deviceId }: Pick<MatrixRecord, 'userId' | 'deviceId'>): string => `baton-${userId}-${deviceId}`;

/** A candidate's way in, from Continue until the server has signed them in. */
export interface ClaimingRecord {
  link: string;
  /** Made here: messages are kept under it before the server knows of it. */
  accountId: string;
  view: LinkView & { conversationId: string };
  refused: { code: string } | null;
}

/** A person's own words that had not gone out when their session was ended from afar. */
export interface UnsentRecord {
  accountId: string;
  messages: Pick<OutboxRow, 'mid' | 'roomId' | 'content'>[];
  drafts: { roomId: string; text: string }[];
}

/** Sealed records beside the vault's own, under the same device key. */
export interface ClientRecords {
  viewer: JsonRecord<ViewerSummary>;
  conversations: JsonRecord<ConversationAnswer[]>;
  teamRooms: JsonRecord<TeamRoomSummary[]>;
  matrix: JsonRecord<MatrixRecord>;
  claiming: JsonRecord<ClaimingRecord>;
  /** Conversation that a claim named, until the candidate is in its room. */
  entering: JsonRecord<{ conversationId: string }>;
  attributions: JsonRecord<AttributionRecord>;
  /** Heads of logs that colleagues named and the server did not show. */
  unshownHeads: JsonRecord<Claim[]>;
  /** How far the deposits of each project were read. */
  vaultProgress: JsonRecord<Record<string, VaultProgress>>;
  /** What the person wants of read receipts, as this device last knew it. */
  readReceipts: JsonRecord<{ shown: boolean; told: boolean }>;
  unsent: JsonRecord<UnsentRecord>;
  /** A handover on its way, to go on with after a reload. */
  handOver: JsonRecord<KeptHandOver>;
  /** Prefixes of databases that ended sessions have left behind, until they are deleted. */
  leftovers: JsonRecord<string[]>;
}

export function recordsOf(device: DeviceStore): ClientRecords {
  return {
    viewer: jsonRecord(device, 'viewer'),
    conversations: jsonRecord(device, 'conversations'),
    teamRooms: jsonRecord(device, 'team-rooms'),
    matrix: jsonRecord(device, 'matrix'),
    claiming: jsonRecord(device, 'claiming'),
    entering: jsonRecord(device, 'entering'),
    attributions: jsonRecord(device, 'attributions'),
    unshownHeads: jsonRecord(device, 'unshown-heads'),
    vaultProgress: jsonRecord(device, 'vault-progress'),
    readReceipts: jsonRecord(device, 'read-receipts'),
    unsent: jsonRecord(device, 'unsent'),
    handOver: jsonRecord(device, 'hand-over'),
    leftovers: jsonRecord(device, 'leftovers'),
  };
}
