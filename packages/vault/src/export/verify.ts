import { refusal } from '../errors.ts';
import { memberOf, type OrganisationState } from '../log/state.ts';
import type { ProjectState } from '../project/state.ts';
import { parseProjectExport } from '../statements/parse.ts';
import { domains, type ProjectExportStatement } from '../statements/statements.ts';
import { requireSignature } from '../verification/signatures.ts';
import { requireExporter } from './make.ts';

/**
 * Checks an archive's manifest against what its logs add up to, which have to be exactly the two that it names.
 * Throws MALFORMED_STATEMENT, WRONG_ORGANISATION, WRONG_ROOT, WRONG_PROJECT, LOG_FORK, UNKNOWN_MEMBER, REVOKED_MEMBER,
 * NOT_ADMIN, NOT_IN_PROJECT, WRONG_ACCOUNT, BAD_SIGNATURE.
 */
export function verifyProjectExport(value: unknown, { organisation, project }: { organisation: OrganisationState; project: ProjectState }): ProjectExportStatement {
  const signed = parseProjectExport(value);
  const { statement } = signed;
  if (statement.organisation !== organisation.organisation.statement.organisation) throw refusal('WRONG_ORGANISATION');
  if (statement.root !== organisation.root) throw refusal('WRONG_ROOT');
  if (statement.project !== project.project) throw refusal('WRONG_PROJECT');
  for (const [named, log] of [[statement.organisationLog, organisation], [statement.projectLog, project]] as const) {
    if (named.length !== log.length || named.head !== log.head) throw refusal('LOG_FORK', { seen: log.length });
  }
  requireExporter(organisation, project, statement.exporter);
  const { signingKey } = memberOf(organisation, statement.exporter);
  requireSignature(signed, { by: 'account', key: signingKey, domain: domains.projectExport, content: statement, otherKey: 'WRONG_ACCOUNT' });
  return statement;
}
