import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useDevices } from './support/devices.ts';
import { claim, hears, makeFirm, newEmail, type Firm } from './support/firm.ts';
import { keepKit } from './support/recoveryKit.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { composer, marked, reads, write } from './support/thread.ts';

const devices = useDevices({ perTest: true });
let firm: Firm;
const jonas = { name: 'Jonas Weber', email: newEmail('Jonas Weber'), password: 'seven quiet lanterns drift' };

beforeAll(async () => {
  firm = await makeFirm();
});
afterAll(() => firm.close());

describe('signing in', () => {
  test('with a wrong password is refused with a sentence, and then done with the right one', async () => {
    const { page } = await devices.open();
    await page.goto('/people');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail').fill(firm.partner.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('E-mail and password do not belong together. Check both, or use your recovery code.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(firm.partner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    // Where they wanted to go in the first place.
    await page.getByRole('heading', { name: 'People' }).waitFor();
  });

  test('with the twelve recovery words sets a new password, and everything stays readable', async () => {
    const other = await makeFirm({ name: 'Kestrel Partners' });
    try {
      await other.openConversation('Grace Mensah', 'Written before the password was lost.');
      const { page } = await devices.open();
      await page.goto('/sign-in');
      await page.getByRole('link', { name: 'Forgot the password?' }).click();
      // The page before has such a field as well.
      await page.getByRole('heading', { name: 'Get back in' }).waitFor();
      await page.getByLabel('E-mail').fill(other.partner.email);
      const words = [...other.recoveryWords];
      await page.getByLabel('Recovery words').fill([...words.slice(0, 11), 'zebrra'].join(' '));
      await page.getByText(/Word 12: do you mean zebra/).waitFor();
      await page.getByLabel('Recovery words').fill(`  ${words.slice(0, 6).join('  ')}\n${words.slice(6).join(' ').toUpperCase()} `);
      await page.getByText('12 of 12').waitFor();
      await page.getByLabel('New password', { exact: true }).fill('a new and longer pass phrase');
      await page.getByRole('button', { name: 'Set password and sign in' }).click();
      await openThread(page, 'Grace Mensah');
      await reads(page, 'Written before the password was lost.');

      const again = await devices.open();
      await signIn(again.page, { ...other.partner, password: 'a new and longer pass phrase' });
    } finally {
      await other.close();
    }
  });
});

describe('a colleague', () => {
  let link: string;

  test('is invited with a role, by a link', async () => {
    const { page } = await devices.open();
    await signIn(page, firm.partner);
    await page.getByRole('link', { name: 'Colleagues' }).click();
    await page.getByRole('button', { name: 'Invite a colleague' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(jonas.name);
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Consultant' }).click();
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
    expect(link).toMatch(/\/join\/inv_/);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('listitem').filter({ hasText: jonas.name }).getByText('Consultant').waitFor();
  });

  test('joins, keeps a recovery kit, and is there', async () => {
    const { page } = await devices.open();
    await page.goto(link);
    await page.getByRole('heading', { name: 'Join Harbor Search' }).waitFor();
    await page.getByText('Mei Lin invites you as a consultant.').waitFor();
    await page.getByLabel('Work e-mail').fill(jonas.email);
    await page.getByLabel('Password', { exact: true }).fill(jonas.password);
    await page.getByRole('button', { name: 'Join' }).click();
    const { account, firm: ofFirm } = await keepKit(page);
    expect([account.length, ofFirm.length]).toEqual([12, 0]);
    await page.getByRole('navigation', { name: 'Inbox' }).waitFor();
    await page.getByRole('link', { name: 'Colleagues' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Mei Lin' }).getByText('Partner').waitFor();
    expect(await page.getByRole('button', { name: 'Invite a colleague' }).count()).toBe(0);
  });

  test('can’t be joined as twice', async () => {
    const { page } = await devices.open();
    await page.goto(link);
    await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await page.getByText(/It was used on/).waitFor();
  });

  test('is signed out everywhere by a partner, is told so, and comes back with the password', async () => {
    const [his, hers] = await Promise.all([devices.open(), devices.open()]);
    await Promise.all([signIn(his.page, jonas), signIn(hers.page, firm.partner)]);
    await hers.page.getByRole('link', { name: 'Colleagues' }).click();
    await hers.page.getByRole('button', { name: `Actions for ${jonas.name}` }).click();
    await hers.page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
    await hers.page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await hers.page.getByText(`${jonas.name} was signed out everywhere.`).waitFor();

    const dialog = his.page.getByRole('dialog', { name: 'You were signed out' });
    await dialog.waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill(jonas.password);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await his.page.getByRole('link', { name: 'Colleagues' }).click();
    await his.page.getByRole('heading', { name: 'Colleagues' }).waitFor();
  });
});

describe('one’s devices', () => {
  test('one is signed out from afar while somebody types on it: it is told, and nothing typed or unsent is lost', async () => {
    const talk = await firm.openConversation('Hana Brandt', 'Hello Hana.');
    const candidate = await claim(talk, 'Hello.');
    const [old, current] = await Promise.all([devices.open(), devices.open()]);
    await signIn(old.page, firm.partner);
    await openThread(old.page, 'Hana Brandt');
    await reads(old.page, 'Hello.');
    await signIn(current.page, firm.partner);
    await old.context.route('**/send/m.room.encrypted/**', (route) => route.abort());
    await write(old.page, 'This has not gone out yet.');
    await marked(old.page, 'This has not gone out yet.', 'Waiting to be sent');
    await composer(old.page).fill('And this I am still typ');

    await current.page.getByRole('link', { name: 'Settings' }).click();
    const lines = current.page.getByRole('listitem').filter({ hasText: 'Chrome' });
    await lines.nth(2).waitFor();
    // The newest besides this one: where she types.
    await lines.filter({ hasNotText: 'This browser' }).first().getByRole('button', { name: /^Sign out/ }).click();
    const dialog = old.page.getByRole('dialog', { name: 'You were signed out' });
    await dialog.waitFor();
    await old.context.unroute('**/send/m.room.encrypted/**');
    await dialog.getByLabel('Password', { exact: true }).fill(firm.partner.password);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await marked(old.page, 'This has not gone out yet.', 'Delivered');
    expect(await composer(old.page).inputValue()).toBe('And this I am still typ');
    await hears(candidate.client, talk.roomId, ['Hello Hana.', 'Hello.', 'This has not gone out yet.']);
    await candidate.client.stop();
  });
});
