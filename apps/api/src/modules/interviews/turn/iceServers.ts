import type { IceServer } from '../../../generated/resolvers.ts';
import { deny } from '../../../platform/errors/refusal.ts';
import { signedIn, type ApiContext } from '../../../platform/graphql/context.ts';
import { conversationById } from '../../conversations/conversations.ts';
import { circleOf } from '../interviews.ts';
import { takesPart } from '../interviews.policy.ts';
import { turnCredentials } from './turnCredentials.ts';

/** Relays for a call in this conversation; empty when the installation has none. NOT_FOUND for whoever does not see it, FORBIDDEN for whoever does not take part. */
export async function iceServers(ctx: ApiContext, conversationId: string): Promise<IceServer[]> {
  const viewer = signedIn(ctx);
  const conversation = (await conversationById(ctx, conversationId)) ?? deny('NOT_FOUND');
  if (!takesPart(viewer, await ctx.read((tx) => circleOf(tx, conversation)))) deny('FORBIDDEN');
  const { turn, secretKey, clock } = ctx.services;
  return turn ? [{ urls: [...turn.urls], ...turnCredentials(turn.secret, secretKey, viewer.accountId, clock.now()) }] : [];
}
