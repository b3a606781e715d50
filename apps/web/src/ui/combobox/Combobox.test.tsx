import { createEvent, fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Combobox, type ComboboxOption } from './Combobox.tsx';

const companies: ComboboxOption[] = [
  { value: 'cmp_1', label: 'Orbital' },
  { value: 'cmp_2', label: 'Lumen Data' },
];

test('what is typed is searched for, and what is chosen is told', async () => {
  const [value, setValue] = createSignal<ComboboxOption | null>(null);
  const search = vi.fn(async (text: string) => companies.filter((option) => option.label.toLowerCase().includes(text)));
  render(() => <Combobox label="Company" search={search} value={value()} onChange={setValue} />);
  await userEvent.type(screen.getByRole('combobox', { name: 'Company' }), 'lum');
  const option = await screen.findByRole('option', { name: /Lumen Data/ });
  await waitFor(() => expect(screen.queryByRole('option', { name: 'Orbital' })).toBeNull());
  await userEvent.click(option);
  expect(value()?.value).toBe('cmp_2');
});

test.each([['typed', async (field: HTMLElement) => userEvent.type(field, 'orb')], ['picked', async (field: HTMLElement) => userEvent.click(field)]] as const)(
  'where a choice is taken and not kept, the field is empty for the next one (%s)',
  async (_, open) => {
    const taken: string[] = [];
    render(() => <Combobox label="Add a company" search={(text) => companies.filter(({ label }) => label.toLowerCase().includes(text))} value={null} onChange={(option) => option && taken.push(option.label)} />);
    const field = screen.getByRole('combobox', { name: 'Add a company' }) as HTMLInputElement;
    await open(field);
    await userEvent.click(await screen.findByRole('option', { name: /Orbital/ }));
    await waitFor(() => expect(taken).toEqual(['Orbital']));
    expect(field.value).toBe('');
    await userEvent.type(field, 'lum');
    await userEvent.click(await screen.findByRole('option', { name: /Lumen Data/ }));
    await waitFor(() => expect(taken).toEqual(['Orbital', 'Lumen Data']));
    expect(field.value).toBe('');
  },
);

test('what is not there can be made', async () => {
  const onCreate = vi.fn();
  render(() => (
    <Combobox label="Company" search={() => []} value={null} onChange={() => {}} create={{ label: (text) => `Create ${text}`, onCreate }} />
  ));
  await userEvent.type(screen.getByRole('combobox', { name: 'Company' }), 'Nova');
  await userEvent.click(await screen.findByRole('option', { name: /Create Nova/ }));
  expect(onCreate).toHaveBeenCalledWith('Nova');
});

test('Escape closes the list; with the list closed it is left to what is around', async () => {
  render(() => <Combobox label="Company" search={() => companies} value={null} onChange={() => {}} />);
  const field = screen.getByRole('combobox', { name: 'Company' });
  const escape = (): boolean => {
    const event = createEvent.keyDown(field, { key: 'Escape' });
    fireEvent(field, event);
    return event.defaultPrevented;
  };
  await userEvent.click(field);
  await screen.findByRole('option', { name: /Orbital/ });
  // The list listens for keys from the frame after the one it is shown in.
  await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
  expect(escape()).toBe(true);
  await waitFor(() => expect(screen.queryByRole('option')).toBeNull());
  expect(escape()).toBe(false);
});
