import { makeMemoryDevice, makeTestFirm, type TestFirm } from '@baton/vault/testing';
import * as vault from '@baton/vault';
import { beforeAll, expect, test } from 'vitest';
import { openCandidateVault } from './candidateVault.ts';

let firm: TestFirm;
beforeAll(async () => {
  await vault.ready();
  firm = await makeTestFirm();
});

/** A candidate's view of the firm's log; `withVault` are the conversations that have one. */
async function behind(withVault: Set<string>, isNew = true) {
  let asked = 0;
  const server = {
    conversationVault: async (id: string, { organisation }: { organisation: number }) =>
      (asked++, withVault.has(id) ? { projectId: 'prj', log: [], organisationLog: await firm.server.organisationLog(organisation) } : null),
  };
  const opened = await openCandidateVault({
    vault, server, device: await makeMemoryDevice().open(), root: firm.partner.account.secrets.root, isNew, conversationIds: () => ['con_one', 'con_two'],
  });
  return { ...opened.firmLog, ofConversation: opened.ofConversation, asked: () => asked };
}

test('the firm’s log is what any of the conversations shows of it', async () => {
  const log = await behind(new Set(['con_two']));
  expect((await log.refresh())?.length).toBe((await firm.partner.log?.refresh())?.length);
});

test('before there is a vault nothing is known, and nothing is wrong', async () => {
  const withVault = new Set<string>();
  const log = await behind(withVault);
  expect(await log.refresh()).toBeNull();
  withVault.add('con_one');
  expect((await log.refresh())?.root).toBe(firm.partner.account.secrets.root);
});

test('what was seen stays when no conversation shows it any more', async () => {
  const withVault = new Set(['con_one']);
  const log = await behind(withVault);
  const seen = await log.refresh();
  withVault.clear();
  expect(await log.refresh()).toEqual(seen);
});

test('a device that knows nothing asks one question for both logs', async () => {
  const log = await behind(new Set(['con_one']));
  const project = await log.ofConversation('con_one');
  expect([await log.refresh().then((state) => state?.length), await project?.refresh(), log.asked()]).toEqual([(await firm.partner.log?.refresh())?.length, null, 1]);
});
