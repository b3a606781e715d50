import { colleagues, firmName, password } from './agency.ts';
import { personOf } from './fillProject.ts';
import type { HeldConversation } from './holdConversation.ts';

/** Prints who may sign in, and a link that nobody has opened. */
export function printSignIns(origin: string, conversations: readonly HeldConversation[]): void {
  const withPassword = conversations.filter(({ thread }) => thread.password).map(({ thread }) => personOf(thread.person));
  const rows = [
    ...colleagues.map(({ name, email, role }) => [email, name, role]),
    ...withPassword.map(({ name, email }) => [email, name, 'candidate']),
  ].map(([email = '', name = '', role = '']) => `    ${email.padEnd(28)} ${role.padEnd(12)} ${name}`);
  const open = conversations.find(({ candidate }) => candidate === null);
  process.stdout.write(
    [
      '',
      `  ${firmName}: everybody signs in at ${origin} with the password  ${password}`,
      '',
      ...rows,
      '',
      ...(open ? [`  A link for ${personOf(open.thread.person).name} that nobody has opened yet (use another browser, or a private window):`, '', `    ${open.link}`, ''] : []),
      '',
    ].join('\n'),
  );
}
