export * from './ports.ts';
export * from './session.ts';
export { makeSession, type OwnedSession, type SessionOptions } from './makeSession.ts';
export { openIndexedDbStore } from './stores/indexedDbStore.ts';
export { makeWebCryptoSealer } from './stores/webCryptoSealer.ts';
export type { AttributionRecord, Attributions } from './attribution/attributions.ts';
