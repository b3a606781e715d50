import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSchema } from './platform/graphql/loadSchema.ts';
import { makeAccessFixture, viewerNames, type AccessFixture, type ViewerName } from './testing/accessFixture.ts';
import { operations, type Outcome } from './testing/operations.ts';
import * as vault from './testing/signing.ts';
import { startTestApi, testOrigin, type TestApi } from './testing/startTestApi.ts';
import { nextChange } from './testing/subscribe.ts';

let api: TestApi;
let fixture: AccessFixture;

beforeAll(async () => {
  api = await startTestApi();
  await vault.ready();
  fixture = await makeAccessFixture(api);
});
afterAll(() => api.close());

test('every operation of the schema is classified, and nothing else', async () => {
  const schema = buildSchema(await loadSchema());
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`));
  expect(Object.keys(operations).sort()).toEqual(fields.sort());
});

test('control: the lead of the project reads every one of the secrets', async () => {
  const seen = await fixture.lead.client.must(
    `query ($project: ID!, $person: ID!, $company: String!, $conversation: ID!) {
      project(id: $project) { criteria { name } vault { teamRoomId deposits(first: 5) { sessionId sealed } } name publicTitle openPromises { body } client { name } candidacies { conversation { roomId candidate { mxid } invitation { sealedSecret } } } }
      conversation(id: $conversation) { interviews { topic calls { callId } notes { body } scorecards { nextStep scores { evidence } } rating { comment } } }
      person(id: $person) { name tags notes { body } handles { raw } } companies(first: 5, search: $company) { name }
      viewer { organisation { members { email } } } }`,
    { project: fixture.project.id, person: fixture.personId, company: 'SECRETCLIENT', conversation: fixture.conversation.id },
  );
  for (const secret of [...fixture.secrets, ...fixture.firmSecrets]) expect(JSON.stringify(seen)).toContain(secret);
});

describe.each(Object.entries(operations))('%s', (name, operation) => {
  test.each(viewerNames.map((viewer, index) => [viewer, operation.outcomes[index] as Outcome] as const))('%s: %s', async (viewer, outcome) => {
    const [root, field] = name.split('.') as [string, string];
    const before = await fixture.digest();
    const client = fixture.viewers[viewer];
    if (root === 'Subscription') return void (await expectChanges(viewer, outcome));
    const { data, codes, errors } = await client.ask<Record<string, unknown>>(operation.document, operation.variables?.(fixture, viewer) ?? {});

    expect({ outcome: outcomeOf(data?.[field], codes), errors }).toEqual({ outcome: comparable(outcome), errors: expect.anything() });
    const text = JSON.stringify([data, errors]);
    for (const secret of [...fixture.secrets, ...(viewer === 'outsider' ? [] : fixture.firmSecrets)]) expect(text).not.toContain(secret);
    if (outcome !== 'allowed') expect(firmsShare(viewer, outcome, await fixture.digest())).toBe(firmsShare(viewer, outcome, before));
  });
});

/** `own` and `allowed` look the same from outside: which of them it may be, the digest tells. */
const comparable = (outcome: Outcome): string => (outcome === 'own' || outcome === 'allowed' ? 'works' : outcome);

function outcomeOf(value: unknown, codes: readonly string[]): string {
  if (codes.length > 0) return codes.join();
  if (value === null || value === undefined) return 'null';
  const { userErrors, edges } = value as { userErrors?: { code: string }[]; edges?: unknown[] };
  if (userErrors && userErrors.length > 0) return `!${userErrors.map((each) => each.code).join()}`;
  const list = Array.isArray(value) ? value : edges;
  return list?.length === 0 ? 'none' : 'works';
}

/** What somebody of the firm does to their own sessions and name is stored with the firm's things, and in its audit log. */
function firmsShare(viewer: ViewerName, outcome: Outcome, digest: string): string {
  const isTheirs = outcome === 'own' && (viewer === 'outsider' || viewer === 'candidate');
  return isTheirs ? digest.replace(/^(sessions|accounts|audit_entries) .*$/gm, '') : digest;
}

/** Nobody but those who may see the conversation hears that it changed. */
async function expectChanges(viewer: ViewerName, outcome: Outcome): Promise<void> {
  const heard = await nextChange(api, testOrigin, fixture.viewers[viewer].cookie(), () => {
    const organisationId = fixture.firm.organisationId;
    api.services.changes.publish({ topic: 'CONVERSATION', id: fixture.conversation.id, organisationId });
    api.services.changes.publish({ topic: 'VAULT', id: fixture.project.id, organisationId });
    api.services.changes.publish({ topic: 'PROJECT', id: fixture.project.id, organisationId });
  });
  expect(heard).toEqual(outcome === 'UNAUTHENTICATED' ? { refused: 'UNAUTHENTICATED' } : { silent: true });
}
