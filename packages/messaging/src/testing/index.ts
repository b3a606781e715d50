export { checkDelivery, outcomes, type DeviceView, type ReceiptRecord, type RoomHistory, type SendRecord, type ShownMessage } from './checker.ts';
export { makeMemoryDisk, makeMemoryStore, type MemoryDisk, type MemoryStoreOptions } from './memoryStore.ts';
export { makeModelDevice, makeModelHomeserver, type ModelDevice, type ModelPage, type ModelWorld, type PutFate } from './modelHomeserver.ts';
export { makeModelServer, type ModelServer } from './modelServer.ts';
export { makeStage, type Stage } from './stage.ts';
export { fakeMembership, fakeMessage, fakeRoom, fakeSealed, makeFakeSession, type FakeSession, type FakeSessionOptions } from './fakeSession.ts';
export { runModel, type Command, type RunResult } from './modelRun.ts';
export { deviceView } from './deviceView.ts';
