import { eq } from 'drizzle-orm';
import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { signedIn, type ApiContext } from '../../platform/graphql/context.ts';
import type { SeedWrapKind } from '../../generated/resolvers.ts';
import { accountsById, certificatesOf, ownAccount, updateProfile } from './accounts.ts';
import { accountSecrets, type AccountRow } from './accounts.table.ts';
import { accountLoaders } from './accounts.loaders.ts';
import { publishCertificate } from './certificates/publishCertificate.ts';
import { passwordParameters } from './password/passwordParameters.ts';
import { setPassword } from './password/setPassword.ts';
import { currentSession, endSession, matrixLogin, ownSessions, signOut } from './sessions/ownSessions.ts';
import { signIn, signInWithRecovery } from './sessions/signIn.ts';

/** The viewer's own ways to open their seed. */
async function ownWraps(ctx: ApiContext): Promise<{ kind: SeedWrapKind; wrap: unknown }[]> {
  const { accountId } = signedIn(ctx);
  const [secrets] = await ctx.read((tx) => tx.select().from(accountSecrets).where(eq(accountSecrets.accountId, accountId)));
  return [
    ...(secrets?.passwordWrap ? [{ kind: 'PASSWORD' as const, wrap: secrets.passwordWrap }] : []),
    ...(secrets?.recoveryWrap ? [{ kind: 'RECOVERY' as const, wrap: secrets.recoveryWrap }] : []),
  ];
}

const isOwn = (ctx: ApiContext, accountId: string): boolean => ctx.viewer.kind !== 'anonymous' && ctx.viewer.accountId === accountId;

export const accountsModule: ApiModule = {
  resolvers: {
    Query: {
      viewer: (_root, _args, ctx) => (ctx.viewer.kind === 'anonymous' ? null : ctx.viewer),
      sessions: (_root, _args, ctx) => ownSessions(ctx),
      passwordParameters: (_root, { email }, ctx) => passwordParameters(ctx, email),
      certificates: (_root, { mxids }, ctx) => certificatesOf(ctx, mxids),
      seedWraps: (_root, _args, ctx) => ownWraps(ctx),
    },
    Mutation: {
      signIn: (_root, { input }, ctx) => payload({ signedIn: null }, async () => ({ signedIn: await signIn(ctx, input) })),
      signInWithRecovery: (_root, { input }, ctx) =>
        payload({ signedIn: null }, async () => ({ signedIn: await signInWithRecovery(ctx, input) })),
      signOut: async (_root, _args, ctx) => {
        await signOut(ctx);
        return { signedOut: true };
      },
      matrixLogin: (_root, _args, ctx) => payload({ matrix: null }, async () => ({ matrix: await matrixLogin(ctx) })),
      publishCertificate: (_root, { input }, ctx) =>
        payload({ account: null }, async () => ({ account: await publishCertificate(ctx, input.certificate) })),
      setPassword: (_root, { input }, ctx) => payload({ account: null }, async () => ({ account: await setPassword(ctx, input) })),
      updateProfile: (_root, { input }, ctx) => payload({ account: null }, async () => ({ account: await updateProfile(ctx, input) })),
      endSession: (_root, { input }, ctx) =>
        payload({ endedSessionId: null }, async () => ({ endedSessionId: await endSession(ctx, input.sessionId) })),
    },
    Viewer: {
      account: (_viewer, _args, ctx) => ownAccount(ctx),
      role: (viewer) => (viewer.kind === 'member' ? viewer.role : null),
      session: (_viewer, _args, ctx) => currentSession(ctx),
    },
    SignedIn: { wraps: (_signedIn, _args, ctx) => ownWraps(ctx) },
    Session: { current: (session, _args, ctx) => ctx.viewer.kind !== 'anonymous' && ctx.viewer.sessionId === session.id },
  },
  loaders: accountLoaders,
  nodes: {
    // One's own is an Account; a colleague is a Member, whom candidates don't get.
    account: {
      type: (ctx, row) => (isOwn(ctx, (row as AccountRow).id) ? 'Account' : 'Member'),
      find: async (ctx, id) => {
        const found = (await accountsById(ctx, [id])).get(id);
        return found && (isOwn(ctx, id) || (ctx.viewer.kind === 'member' && found.kind === 'MEMBER')) ? found : null;
      },
    },
    session: { type: 'Session', find: async (ctx, id) => (await ownSessions(ctx)).find((session) => session.id === id) ?? null },
  },
};
