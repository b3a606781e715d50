import { sql } from 'drizzle-orm';
import { verifyOrganisation } from '@baton/vault/verify';
import type { SetUpFirmInput } from '../../generated/resolvers.ts';
import { nameLine } from '../../platform/errors/line.ts';
import { refuse } from '../../platform/errors/refusal.ts';
import { clientId, emailAddress } from '../../platform/errors/validate.ts';
import { verified } from '../../platform/errors/verified.ts';
import type { ApiContext } from '../../platform/graphql/context.ts';
import { isUniqueViolation } from '../../platform/database/sqlState.ts';
import { insertAccount, passwordColumns, recoveryColumns, startSession, type StartedSession } from '../accounts/accounts.ts';
import { takesFirms } from '../installation/installation.ts';
import { organisations } from './organisations.table.ts';

/** Any number: two people who set up the first firm at once come one after the other. */
const setUpLock = 7_203_312;

/**
 * Sets a firm up with its first partner, and signs them in. Its log begins later, with the partner's certificate.
 * Refused: ALREADY_SET_UP, STATEMENT_INVALID, EMAIL_TAKEN, ID_TAKEN, MATRIX_UNAVAILABLE, and what fields are refused for.
 */
export async function setUpFirm(ctx: ApiContext, input: SetUpFirmInput): Promise<StartedSession> {
  const { services } = ctx;
  await ctx.throttle('setUp');
  if (!(await takesFirms(services))) refuse('ALREADY_SET_UP');
  const organisationId = clientId('organisation', input.organisationId, 'organisationId');
  const accountId = clientId('account', input.accountId, 'accountId');
  const name = nameLine(input.name, 'name');
  const firmName = nameLine(input.firmName, 'firmName');
  const email = emailAddress(input.email, 'email');
  const secrets = { ...passwordColumns(input.password, 'password'), ...recoveryColumns(input.recovery, 'recovery') };
  const statement = await verified('organisation', services.log, () => verifyOrganisation(input.organisation));
  if (statement.statement.organisation !== organisationId) refuse('STATEMENT_INVALID', 'organisation');

  const mxid = services.matrix.mxidOf(accountId, 'MEMBER');
  await services.matrix.registerUser(mxid, name);
  // As nobody: the first account is made here.
  const account = await services.system.write(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${setUpLock})`);
    if (services.signUp === 'first' && (await tx.select({ id: organisations.id }).from(organisations).limit(1)).length > 0) refuse('ALREADY_SET_UP');
    await tx.insert(organisations).values({ id: organisationId, name: firmName, statement, rootKey: statement.statement.rootKey });
    return insertAccount(tx, {
      id: accountId, organisationId, kind: 'MEMBER', role: 'PARTNER', name, email, mxid,
      signingKey: input.keys.signingKey, boxKey: input.keys.boxKey,
    }, secrets);
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) refuse('ID_TAKEN', 'organisationId');
    throw error;
  });
  return startSession(ctx, account, input.deviceName);
}
