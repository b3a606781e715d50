import { SessionViewerDocument } from '../../generated/graphql.ts';
import type { Requester } from '../../platform/graphql/request.ts';
import type { ViewerSummary } from '../contract.ts';
import { viewerOf } from '../server/accountServer.ts';
import { summaryOfViewer } from './viewer.ts';

/** Who the API says is signed in; null for nobody. */
export async function askViewer(request: Requester): Promise<ViewerSummary | null> {
  const { viewer } = await request(SessionViewerDocument);
  return viewer && summaryOfViewer(viewerOf(viewer));
}
