import type { AccountKeys } from '../account/account.ts';
import { refusal } from '../errors.ts';
import { memberOf, type OrganisationState } from '../log/state.ts';
import { isInRoster, type ProjectState } from '../project/state.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type ProjectExportStatement, type Signed } from '../statements/statements.ts';

/** What of an export only its maker knows. */
export type ExportContent = Pick<ProjectExportStatement, 'names' | 'threads' | 'messages' | 'incomplete' | 'unreadable' | 'unverified' | 'files'>;

/**
 * The manifest of an export, signed by its maker. `now` in milliseconds; both logs as the archive holds them.
 * Throws UNKNOWN_MEMBER, REVOKED_MEMBER, NOT_ADMIN, NOT_IN_PROJECT where nobody would believe it.
 */
export function makeProjectExport(
  { organisation, project, exporter, now }: { organisation: OrganisationState; project: ProjectState; exporter: { account: string; keys: AccountKeys }; now: number },
  { names, threads, messages, incomplete, unreadable, unverified, files }: ExportContent,
): Signed<ProjectExportStatement> {
  requireExporter(organisation, project, exporter.account);
  const statement: ProjectExportStatement = {
    v: 1,
    organisation: project.organisation,
    root: organisation.root,
    project: project.project,
    exporter: exporter.account,
    names,
    exportedAt: new Date(now).toISOString(),
    organisationLog: { length: organisation.length, head: organisation.head },
    projectLog: { length: project.length, head: project.head },
    threads, messages, incomplete, unreadable, unverified, files,
  };
  return { statement, signatures: [makeSignature('account', exporter.keys.signing, domains.projectExport, statement)] };
}

/** Partners who read the project. Throws UNKNOWN_MEMBER, REVOKED_MEMBER, NOT_ADMIN, NOT_IN_PROJECT. */
export function requireExporter(organisation: OrganisationState, project: ProjectState, account: string): void {
  if (memberOf(organisation, account).role !== 'partner') throw refusal('NOT_ADMIN');
  if (!isInRoster(project, account)) throw refusal('NOT_IN_PROJECT');
}
