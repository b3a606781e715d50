import { newId } from '@baton/base';
import type { OrganisationLogStatement, Signed } from '@baton/vault/verify';
import type { Role } from '../generated/resolvers.ts';
import type { TestClient } from './client.ts';
import { passwordInput, recoveryInput } from './passwords.ts';
import * as vault from './signing.ts';
import type { TestApi } from './startTestApi.ts';

/** Somebody at a browser, with the keys that their client holds. */
export interface TestPerson {
  client: TestClient;
  accountId: string;
  email: string;
  mxid: string;
  name: string;
  keys: vault.AccountKeys;
  secrets: vault.AccountSecrets;
  organisationId: string;
}

/** A firm with its first partner, set up through the API with real statements; its log has begun. */
export interface TestFirm {
  organisationId: string;
  name: string;
  root: vault.OrganisationRoot;
  partner: TestPerson;
  /** Invites, claims, certifies and joins the log: all through the API. */
  addMember(role: Role, name?: string): Promise<TestPerson>;
}

let firms = 0;

/** Sets up a firm. Its partner signs in with the password `correct horse`. */
export async function makeFirm(api: TestApi, name = `Firm ${++firms}`): Promise<TestFirm> {
  await vault.ready();
  const root = vault.makeRoot();
  const organisationId = newId('organisation');
  const person = newPerson(api, organisationId, 'Partner of ' + name);
  const about = { kind: 'member', account: person.accountId, organisation: organisationId, root: root.fingerprint, invitation: null } as const;
  const partner: TestPerson = { ...person, secrets: { ...about, vouch: vault.makeVouch('root', root.signing, about, person.keys), seed: person.keys.seed } };
  const organisation = vault.makeOrganisation(root, organisationId, api.clock.now());

  const { setUpFirm } = await partner.client.must(
    `mutation ($input: SetUpFirmInput!) { setUpFirm(input: $input) { signedIn { matrix { userId } } userErrors { code field } } }`,
    {
      input: {
        organisationId, accountId: partner.accountId, firmName: name, name: partner.name, email: partner.email, organisation,
        keys: vault.publicKeysOf(partner.keys), password: passwordInput('correct horse'), recovery: recoveryInput('twelve words'), deviceName: 'Chrome on Linux',
      },
    },
  );
  if (setUpFirm.userErrors.length > 0) throw new Error(`setUpFirm: ${JSON.stringify(setUpFirm.userErrors)}`);
  const admin = await publishCertificate(api, partner);
  await appendLog(api, partner, { type: 'genesis', organisation, admin });

  return { organisationId, name, root, partner, addMember: (role, memberName) => addMember(api, { organisationId, root, partner }, role, memberName) };
}

/** A person before they have an account. */
export function newPerson(api: TestApi, organisationId: string, name: string): Omit<TestPerson, 'secrets'> {
  const accountId = newId('account');
  return {
    client: api.client(), accountId, organisationId, name, keys: vault.makeAccount(),
    email: `${accountId}@example.com`, mxid: api.matrix.mxidOf(accountId, 'MEMBER'),
  };
}

/** Publishes the person's certificate for a made-up Matrix identity. */
export async function publishCertificate(api: TestApi, person: TestPerson, sequence = 1) {
  const certificate = certificateOf(api, person, sequence);
  const { publishCertificate: answer } = await person.client.must(
    `mutation ($certificate: Statement!) { publishCertificate(input: { certificate: $certificate }) { userErrors { code } } }`, { certificate },
  );
  if (answer.userErrors.length > 0) throw new Error(`publishCertificate: ${JSON.stringify(answer.userErrors)}`);
  return certificate;
}

export const certificateOf = (api: TestApi, person: TestPerson, sequence = 1) =>
  vault.makeCertificate(person.secrets, person.keys, {
    mxid: person.mxid, matrixMasterKey: Buffer.alloc(32, sequence).toString('base64').replace(/=+$/, ''), sequence, now: api.clock.now(),
  });

/** Appends a line to the firm's log in the person's name. */
export async function appendLog(api: TestApi, person: TestPerson, entry: OrganisationLogStatement['entry']): Promise<void> {
  const line = await nextLine(api, person, entry);
  const { appendOrganisationLog } = await person.client.must(
    `mutation ($entry: Statement!) { appendOrganisationLog(input: { entry: $entry }) { userErrors { code } } }`, { entry: line },
  );
  if (appendOrganisationLog.userErrors.length > 0) throw new Error(`appendOrganisationLog: ${JSON.stringify(appendOrganisationLog.userErrors)}`);
}

/** The line that would follow the log as it is now. */
export async function nextLine(api: TestApi, person: TestPerson, entry: OrganisationLogStatement['entry']) {
  const rows = await api.sql`select seq, hash from organisation_log where organisation_id = ${person.organisationId} order by seq desc limit 1`;
  const [last] = rows as unknown as { seq: number; hash: string }[];
  const after = last ? { length: last.seq + 1, head: last.hash } : null;
  return vault.makeLogEntry(after, { account: person.accountId, organisation: person.organisationId, keys: person.keys }, entry, api.clock.now());
}

/** The same, in the firm's name, as the recovery kit signs it. */
export async function kitLine(api: TestApi, firm: TestFirm, entry: OrganisationLogStatement['entry'], root = firm.root): Promise<Signed<OrganisationLogStatement>> {
  const { statement: signed } = await nextLine(api, firm.partner, entry);
  const statement = { ...signed, actor: firm.organisationId };
  return { statement, signatures: [vault.makeSignature('root', root.signing, vault.domains.organisationLog, statement)] };
}

async function addMember(
  api: TestApi,
  { organisationId, root, partner }: Pick<TestFirm, 'organisationId' | 'root' | 'partner'>,
  role: Role,
  name = `${role.toLowerCase()} ${newId('account').slice(-4)}`,
): Promise<TestPerson> {
  const made = vault.makeInvitation(
    { account: partner.accountId, organisation: organisationId, root: root.fingerprint, keys: partner.keys },
    { for: { kind: 'colleague', role: role.toLowerCase() as 'partner' }, now: api.clock.now() },
  );
  await partner.client.must(
    `mutation ($input: InviteColleagueInput!) { inviteColleague(input: $input) { userErrors { code } } }`,
    { input: { invitation: made.invitation, inviteeName: name, sealedSecret: made.sealedSecret } },
  );
  const person = newPerson(api, organisationId, name);
  const link = vault.linkKeysIn(vault.parseLink(made.link));
  const { claim, vouch } = vault.makeClaim(link, made.invitation.statement, { account: person.accountId, keys: person.keys, now: api.clock.now() });
  const { claimInvitation } = await person.client.must(
    `mutation ($input: ClaimInvitationInput!) { claimInvitation(input: $input) { signedIn { viewer { role } } userErrors { code } } }`,
    { input: { claim, name, email: person.email, password: passwordInput('correct horse'), recovery: recoveryInput('twelve words'), deviceName: 'Firefox on Linux' } },
  );
  if (claimInvitation.userErrors.length > 0) throw new Error(`claimInvitation: ${JSON.stringify(claimInvitation.userErrors)}`);
  const member: TestPerson = {
    ...person,
    secrets: { account: person.accountId, kind: 'member', organisation: organisationId, root: root.fingerprint, invitation: made.id, vouch, seed: person.keys.seed },
  };
  const certificate = await publishCertificate(api, member);
  await appendLog(api, member, { type: 'join', role: role.toLowerCase() as 'partner', invitation: made.invitation, certificate });
  return member;
}
