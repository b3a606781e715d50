export { makeMemoryDevice, type MemoryDevice } from '../device/memoryDevice.ts';
export { makeMemoryAccountServer, memoryServerName, type MemoryAccountServer } from './memoryAccountServer.ts';
export { makeTestClock, makeTestFirm, testMasterKey, testPassword, type TestFirm, type TestPerson } from './testFirm.ts';
export { makeMemoryProjectServer, type MemoryProjectServer, type VaultServer } from './memoryProjectServer.ts';
export { makeTestProject, type TestProject, type VaultClient } from './testProject.ts';
export { makeTestSession, type TestSession } from './testSession.ts';
// The steps that the flows are made of, for tests of a server that has to tell sound statements from unsound ones.
export { makeAccount, publicKeysOf } from '../account/account.ts';
export { makeCertificate, makeVouch } from '../certificates/certificate.ts';
export { makeClaim } from '../invitations/claim.ts';
export { makeInvitation } from '../invitations/invitation.ts';
export { linkKeysIn } from '../invitations/link.ts';
export { makeLogEntry } from '../log/entry.ts';
export { makeOrganisation, makeRoot } from '../organisation/root.ts';
export { makeSignature } from '../statements/sign.ts';
export { domains } from '../statements/statements.ts';
// What a password and words stand for, for a search that has to find none of it.
export { stretchPassword } from '../account/password.ts';
export { openRecoveryCode } from '../account/recoveryCode.ts';
export { fromWords } from '../account/words.ts';
