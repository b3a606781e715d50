import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runSql } from '../../../scripts/testing/runSql.ts';
import { comeIn } from './support/candidate.ts';
import { useDevices, type Device } from './support/devices.ts';
import { makeFirm, type Firm } from './support/firm.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { marked, reads, write } from './support/thread.ts';

const devices = useDevices({ perTest: true });
let firm: Firm;

beforeAll(async () => {
  firm = await makeFirm();
});
afterAll(() => firm.close());

const idOf = (link: string): string => /inv_[0-9a-f]+/.exec(link)?.[0] ?? '';

describe('a link that leads nowhere says why and what to do', () => {
  let link: string;
  let other: string;
  beforeAll(async () => {
    link = (await firm.openConversation('Marta Oliveira')).link;
    other = (await firm.openConversation('Daniel Roth')).link;
  });

  test.each<[string, () => string, string]>([
    ['one that lost its end', () => link.slice(0, -12), 'This link is not complete'],
    ['one that lost all behind its #', () => link.slice(0, link.indexOf('#')), 'This link is not complete'],
    ['one whose # became %23', () => link.replace('#', '%23'), 'This link was changed on its way'],
    ['one of no invitation', () => link.replace(/inv_[0-9a-f]{8}/, 'inv_00000000'), 'This invitation does not exist'],
    ['one with the secret of another', () => `${link.slice(0, link.indexOf('#'))}${other.slice(other.indexOf('#'))}`, 'This link could not be verified'],
    ['one that names another firm’s root', () => link.replace(/\.[\w-]{8}/, '.AAAAAAAA'), 'This link could not be verified'],
  ])('%s', async (_, address, title) => {
    const { page } = await devices.open({ phone: true });
    await page.goto(address());
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(0);
  });

  test('one that has expired', async () => {
    await runSql(inject('stack').superuserUrl, `update invitations set expires_at = now() - interval '1 minute' where id = '${idOf(other)}'`);
    const { page } = await devices.open({ phone: true });
    await page.goto(other);
    await page.getByRole('heading', { name: 'This invitation has expired' }).waitFor();
    await page.getByText(/Ask Mei Lin for a new link/).waitFor();
  });

  test('one that was withdrawn while the page stood open; the new one carries what was written', async () => {
    const [laptop, phone] = await Promise.all([devices.open(), devices.open({ phone: true })]);
    await phone.page.goto(link);
    await phone.page.getByRole('button', { name: 'Continue' }).waitFor();
    await signIn(laptop.page, firm.partner);
    await openThread(laptop.page, 'Marta Oliveira');
    await write(laptop.page, 'Written before the new link.');
    await marked(laptop.page, 'Written before the new link.', 'Sent');
    await laptop.page.getByRole('button', { name: 'Make a new link' }).click();
    await laptop.page.getByText('New link made').waitFor();
    const card = laptop.page.getByRole('region', { name: 'Share this link with Marta Oliveira' }).getByRole('textbox', { name: 'Link' });
    await expect.poll(() => card.inputValue(), { timeout: 10_000 }).not.toBe(link);
    const renewed = await card.inputValue();

    await phone.page.getByRole('button', { name: 'Continue' }).click();
    await phone.page.getByRole('heading', { name: 'This invitation was withdrawn' }).waitFor();
    await comeIn(phone.page, renewed);
    await reads(phone.page, 'Written before the new link.');
  });
});

describe('a candidate who does not want to', () => {
  let laptop: Device;
  beforeAll(async () => {
    laptop = await devices.open();
    await signIn(laptop.page, firm.partner);
  });

  test('says that they are somebody else; the recruiter sees it', async () => {
    const talk = await firm.openConversation('Olivier Petit');
    const { page } = await devices.open({ phone: true });
    await page.goto(talk.link);
    await page.getByRole('button', { name: 'Tell us' }).click();
    const sheet = page.getByRole('dialog', { name: 'Not you, or not expecting this?' });
    await sheet.getByRole('textbox').fill('I am not Olivier.');
    await sheet.getByRole('button', { name: 'Report this invitation' }).click();
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await openThread(laptop.page, 'Olivier Petit');
    await laptop.page.getByText(/said that they are not the right person/).waitFor();
  });

  test.each([
    { block: false, candidate: 'Tomas Novak', here: 'You left this conversation.', there: 'Tomas Novak left this conversation. You can still read it.' },
    { block: true, candidate: 'Siobhan Kelly', here: 'You left and blocked Harbor Search.', there: 'Siobhan Kelly asked that nobody of your firm writes any more.' },
  ])('leaves (blocks: $block): nobody writes there any more, both can read', async ({ block, candidate, here, there }) => {
    const talk = await firm.openConversation(candidate, 'Hello!');
    const phone = await devices.open({ phone: true });
    await comeIn(phone.page, talk.link);
    await write(phone.page, 'No, thank you.');
    await openThread(laptop.page, candidate);
    await reads(laptop.page, 'No, thank you.');

    await phone.page.getByRole('button', { name: 'Menu' }).click();
    await phone.page.getByRole('button', { name: 'Leave conversation' }).click();
    const sheet = phone.page.getByRole('dialog', { name: 'Leave this conversation?' });
    if (block) await sheet.getByRole('checkbox').check();
    await sheet.getByRole('button', { name: 'Leave' }).click();
    await phone.page.getByText(here).waitFor();
    await laptop.page.getByText(there).waitFor();
    await reads(laptop.page, 'No, thank you.');
    await reads(phone.page, 'Hello!');
    expect(await laptop.page.getByRole('textbox', { name: /^Message / }).count()).toBe(0);
  });
});
