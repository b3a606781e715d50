/**
 * Everything we take from matrix-js-sdk and its WebAssembly, in one place.
 *
 * We compose the SDK's own parts (request processor, key claims, cross-signing, backup, secret storage) around an
 * `OlmMachine` and leave out `MatrixClient`: its rooms, timelines and sync store would hold a second copy of what
 * the messaging core keeps, and it weighs three times the rest. The parts are exported but not documented API, so
 * the SDK's version is pinned and `vendor.test.ts` fails when one of them changes shape.
 */
export * as wasm from '@matrix-org/matrix-sdk-crypto-wasm';
export { MatrixHttpApi } from 'matrix-js-sdk/lib/http-api/index.js';
export { TypedEventEmitter } from 'matrix-js-sdk/lib/models/typed-event-emitter.js';
export { OutgoingRequestProcessor } from 'matrix-js-sdk/lib/rust-crypto/OutgoingRequestProcessor.js';
export { OutgoingRequestsManager } from 'matrix-js-sdk/lib/rust-crypto/OutgoingRequestsManager.js';
export { KeyClaimManager } from 'matrix-js-sdk/lib/rust-crypto/KeyClaimManager.js';
export { CrossSigningIdentity } from 'matrix-js-sdk/lib/rust-crypto/CrossSigningIdentity.js';
export { DehydratedDeviceManager } from 'matrix-js-sdk/lib/rust-crypto/DehydratedDeviceManager.js';
export { RustBackupManager } from 'matrix-js-sdk/lib/rust-crypto/backup.js';
export { ServerSideSecretStorageImpl, type AccountDataClient } from 'matrix-js-sdk/lib/secret-storage.js';
export { LogSpan, type Logger } from 'matrix-js-sdk/lib/logger.js';
