import { Refusal } from '../bootstrap/refusal.mjs';
import { say } from '../bootstrap/say.mjs';
import { makeRequester } from '../../apps/web/src/platform/graphql/request.ts';
import { InstallationDocument } from '../../apps/web/src/generated/graphql.ts';
import { makeCookieFetch } from '../headless/cookieFetch.ts';
import { projects } from './agency.ts';
import { checkEverybodyReads } from './checkEverybodyReads.ts';
import { fillProject } from './fillProject.ts';
import { foundFirm } from './foundFirm.ts';
import { printSignIns } from './printSignIns.ts';
import { holdConversation } from './holdConversation.ts';

/*
 * node scripts/sample/main.ts ORIGIN fills an empty installation with the agency of agency.ts, as people would: each has a
 * client, and everything goes through the API and the homeserver, encrypted. Clients stay until another device of their
 * person reads every message.
 */

const origin = process.argv[2];
try {
  if (origin === undefined || !URL.canParse(origin)) throw new Refusal('Say where: node scripts/sample/main.ts http://127.0.0.1:4173');
  await fill(new URL(origin).origin);
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Refusal ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

async function fill(at: string): Promise<void> {
  const { installation } = await makeRequester(`${at}/graphql`, makeCookieFetch(at), () => {})(InstallationDocument);
  if (!installation.needsSetUp) throw new Refusal('There is a firm here already, and the sample agency needs a place of its own: name a new folder with --data.');

  say('Sample agency: founding the firm; colleagues join by their links');
  const staff = await foundFirm(at);

  say('Sample agency: three projects and thirty people on their boards');
  const filled = await Promise.all(projects.map((project) => fillProject(staff, project)));

  const threads = projects.flatMap((project, index) => project.threads.map((thread) => ({ project, thread, candidacyOf: filled[index]!.candidacyOf })));
  say(`Sample agency: ${threads.length} conversations, encrypted on both sides`);
  const conversations = await Promise.all(threads.map((thread) => holdConversation(at, staff, thread)));

  say('Sample agency: signing everybody in on a second browser, to see that it reads everything');
  await checkEverybodyReads(at, staff, conversations);
  printSignIns(at, conversations);
}
