import { newId } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { replayOrganisationLog } from '../log/replay.ts';
import type { OrganisationState } from '../log/state.ts';
import { makeRotation } from '../project/line.ts';
import { replayProjectLog, verifyNextProjectLine } from '../project/replay.ts';
import type { ProjectState } from '../project/state.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type ProjectExportStatement, type Signed } from '../statements/statements.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { contextOf, idOf, makeTestProject } from '../testing/testProject.ts';
import { makeProjectExport, type ExportContent } from './make.ts';
import { verifyProjectExport } from './verify.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

const content: ExportContent = {
  names: { firm: 'Morgan Search', project: '首席财务官', exporter: 'Ada Morgan' },
  threads: 1,
  messages: 3,
  incomplete: [],
  unreadable: [{ room: '!room:baton.test', event: '$event' }],
  unverified: [],
  files: [{ path: 'threads/01-李娜.html', bytes: 12, sha256: 'a'.repeat(64) }],
};

let firm: TestFirm;
let lead: TestPerson;
let outsider: TestPerson;
let consultant: TestPerson;
let organisation: OrganisationState;
let project: ProjectState;
let signed: Signed<ProjectExportStatement>;

const by = (person: TestPerson) => ({ organisation, project, exporter: { account: idOf(person), keys: person.account.keys }, now: firm.clock.now() });
const resigned = (change: Partial<ProjectExportStatement>, person = lead): unknown => {
  const statement = { ...signed.statement, ...change };
  return { statement, signatures: [makeSignature('account', person.account.keys.signing, domains.projectExport, statement)] };
};
const refused = (value: unknown, code: string): void => expect(() => verifyProjectExport(value, { organisation, project })).toThrow(code);

beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  lead = firm.partner;
  outsider = await firm.join('Ola', 'partner');
  consultant = await firm.join('Cy', 'consultant');
  const made = await makeTestProject(firm, [lead, consultant]);
  organisation = replayOrganisationLog(await firm.server.organisationLog(-1));
  project = replayProjectLog(await made.server.as(idOf(lead)).projectLog(made.project, -1), organisation, made.project);
  signed = makeProjectExport(by(lead), content);
});

test('says what, from where, when and by whom, and holds', () => {
  const statement = verifyProjectExport(JSON.parse(JSON.stringify(signed)), { organisation, project });
  expect(statement).toMatchObject({ ...content, project: project.project, root: organisation.root, exporter: idOf(lead), exportedAt: '2026-05-04T08:00:00.000Z' });
});

describe('is made and believed', () => {
  test('of nobody who does not read the project', () => {
    expect(() => makeProjectExport(by(outsider), content)).toThrow('NOT_IN_PROJECT');
    refused(resigned({ exporter: idOf(outsider) }, outsider), 'NOT_IN_PROJECT');
  });
  test('of nobody who is no partner', () => {
    expect(() => makeProjectExport(by(consultant), content)).toThrow('NOT_ADMIN');
    refused(resigned({ exporter: idOf(consultant) }, consultant), 'NOT_ADMIN');
  });
  test('of nobody who signs for somebody else', () => refused(resigned({}, consultant), 'WRONG_ACCOUNT'));
  test('of no stranger', () => refused(resigned({ exporter: newId('account') }), 'UNKNOWN_MEMBER'));
});

describe('is refused', () => {
  test('with a file, a count or a name changed', () => {
    refused({ ...signed, statement: { ...signed.statement, files: [{ ...content.files[0], bytes: 13 }] } }, 'BAD_SIGNATURE');
    refused({ ...signed, statement: { ...signed.statement, messages: 2 } }, 'BAD_SIGNATURE');
    refused({ ...signed, statement: { ...signed.statement, names: { ...content.names, exporter: 'Somebody else' } } }, 'BAD_SIGNATURE');
  });
  test('with a signature that was made for another kind of statement', () => {
    refused({ statement: signed.statement, signatures: [makeSignature('account', lead.account.keys.signing, domains.projectLog, signed.statement)] }, 'BAD_SIGNATURE');
  });
  test('beside another firm, root, project, or other logs', () => {
    refused(resigned({ organisation: newId('organisation') }), 'WRONG_ORGANISATION');
    refused(resigned({ root: 'A'.repeat(43) }), 'WRONG_ROOT');
    refused(resigned({ project: newId('project') }), 'WRONG_PROJECT');
    const later = verifyNextProjectLine(project, makeRotation(contextOf(firm, lead, organisation), project), organisation, { project: project.project });
    expect(() => verifyProjectExport(signed, { organisation, project: later })).toThrow('LOG_FORK');
    refused(resigned({ organisationLog: { ...signed.statement.organisationLog, length: 1 } }), 'LOG_FORK');
  });
  test.each(['../up.html', '/etc/passwd', 'threads/../../up.html', 'threads//a', 'threads\\a', './a', 'a/.', '', 'a\nb', 'a/b/c/d/e'])('with the path %j', (path) => {
    refused(resigned({ files: [{ path, bytes: 1, sha256: 'a'.repeat(64) }] }), 'MALFORMED_STATEMENT');
  });
});
