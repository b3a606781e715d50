/** Pure verification of signed statements, for whoever holds no secret: the API before it stores, a client before it believes. */
export { ready } from './crypto/sodium.ts';
export { vaultErrorCodes, type VaultErrorCode } from './errors.ts';
export { fingerprintOf } from './organisation/fingerprint.ts';
export type * from './statements/statements.ts';
export { verifyOrganisation } from './verification/organisation.ts';
export { verifyInvitation } from './verification/invitation.ts';
export { verifyClaim } from './verification/claim.ts';
export { mxidOf, verifyCertificate, type KnownAccount } from './verification/certificate.ts';
export { verifyCertificateChain } from './verification/chain.ts';
export type { VerifiedIdentity } from './verification/identity.ts';
export { hashOfEntry, replayOrganisationLog, verifyNextEntry } from './log/replay.ts';
export { hashOfProjectLine, replayProjectLog, verifyNextProjectLine } from './project/replay.ts';
export { verifyHandoverPlan, type KnownPlan } from './project/plan.ts';
export { currentEpoch, isInRoster, placeOf, type ProjectChange, type ProjectEpoch, type ProjectState } from './project/state.ts';
export { chainOf, memberOf, type OrganisationMember, type OrganisationState } from './log/state.ts';
export { verifyProjectExport } from './export/verify.ts';
