/* What tests sign with: the very functions that people's clients use. */
export { domains, makeAccount, makeCertificate, makeClaim, makeInvitation, makeLogEntry, makeOrganisation, makeRoot, makeSignature, makeVouch, linkKeysIn, publicKeysOf } from '@baton/vault/testing';
export { makeHandover, makeHandoverPlan, makeProjectGenesis, makeRosterChange, makeRotation, openEpochs, parseLink, ready, type AccountKeys, type AccountSecrets, type MadeInvitation, type LineContext, type OrganisationRoot } from '@baton/vault';
