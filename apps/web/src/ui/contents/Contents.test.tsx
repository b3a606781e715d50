import { render, screen, within } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { Contents, Excluded, Included } from './Contents.tsx';

test('says under its own heading what goes in, and what stays out', () => {
  render(() => <Contents within="Goes in" included={<Included>Every thread</Included>} without="Stays out" excluded={<><Excluded>Drafts</Excluded><Excluded>Keys</Excluded></>} />);
  const under = (heading: string) => within(screen.getByRole('heading', { name: heading }).parentElement!).getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(under('Goes in')).toEqual(['Every thread']);
  expect(under('Stays out')).toEqual(['Drafts', 'Keys']);
});
