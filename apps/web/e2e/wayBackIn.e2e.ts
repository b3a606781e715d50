import { afterAll, beforeAll, expect, test } from 'vitest';
import { comeIn } from './support/candidate.ts';
import { useDevices } from './support/devices.ts';
import { claim, hears, makeFirm, say, type Conversation, type Firm } from './support/firm.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { reads, texts, write } from './support/thread.ts';

/* A candidate's phone is gone and they never set a password. The recruiter lets them back in by a new link. */
const devices = useDevices();
let firm: Firm;
let talk: Conversation;
const said = ['Hello Daniel, may I tell you about a role?', 'Gladly. What is it?', 'CFO of an offshore-wind company.'];

beforeAll(async () => {
  firm = await makeFirm();
  talk = await firm.openConversation('Daniel Roth', said[0]!);
  const lost = await claim(talk, said[1]);
  await hears(firm.client, talk.roomId, said.slice(0, 2));
  await say(firm.client, talk.roomId, said[2]!);
  await hears(lost.client, talk.roomId, said);
  await lost.client.stop();
});
afterAll(() => firm.close());

test('a new link brings a candidate who lost everything back into the whole conversation', async () => {
  const desk = await devices.open();
  await signIn(desk.page, firm.partner);
  await openThread(desk.page, 'Daniel Roth');
  await reads(desk.page, said[2]!);
  await desk.page.getByRole('button', { name: 'They can’t get in any more' }).click();
  await desk.page.getByRole('dialog', { name: 'Let Daniel Roth back in?' }).getByRole('button', { name: 'Make a new link' }).click();
  await desk.page.getByText('New link made').waitFor();
  const link = await desk.page.getByRole('textbox', { name: 'Link', exact: true }).first().inputValue();
  expect(link).toMatch(/\/c\/inv_.*#/);

  const phone = await devices.open({ phone: true });
  await comeIn(phone.page, link);
  await reads(phone.page, said[2]!);
  expect((await texts(phone.page)).map((text) => text.trim())).toEqual(expect.arrayContaining(said));
  await write(phone.page, 'Here I am again.');
  await reads(desk.page, 'Here I am again.');
  await write(desk.page, 'Welcome back.');
  await reads(phone.page, 'Welcome back.');
});
