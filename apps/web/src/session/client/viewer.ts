import type { ViewerAnswer } from '@baton/vault';
import type { ViewerSummary } from '../contract.ts';
import { roleOf } from '../server/roles.ts';

/** What pages may know of the account that is signed in. */
export function summaryOfViewer(viewer: ViewerAnswer): ViewerSummary {
  const { accountId, kind, name, email, mxid, role, organisationId, firmName, sessionId, hasPassword } = viewer;
  return { accountId, kind, name, email, mxid, role: role && roleOf(role), organisationId, firmName, sessionId, hasPassword };
}

/** Two sides talk: the firm's members and the candidate. The service account stands on none. */
export function sideOf(mxid: string): string {
  if (mxid.startsWith('@m-')) return 'firm';
  return mxid.startsWith('@c-') ? mxid : '';
}

/** The account that owns the rooms, on the server of this Matrix id. */
export const serviceUserOf = (mxid: string): string => `@svc${mxid.slice(mxid.indexOf(':'))}`;
