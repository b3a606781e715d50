import { makeSubject } from '@baton/base';
import { render } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { fromChangingSubscribable, fromSubscribable } from './fromSubscribable.ts';

test('a view follows the value and lets go when it is gone', () => {
  const subject = makeSubject(1);
  let read: () => number = () => 0;
  const view = render(() => {
    read = fromSubscribable(subject);
    return <p>{read()}</p>;
  });
  subject.set(2);
  expect(view.container.textContent).toBe('2');
  view.unmount();
  subject.set(3);
  expect(read()).toBe(2);
});

test('a source that changes is left for the next one', () => {
  const [first, second] = [makeSubject('a'), makeSubject('b')];
  const [source, setSource] = createSignal(first);
  const view = render(() => {
    const value = fromChangingSubscribable(source);
    return <p>{value()}</p>;
  });
  setSource(second);
  expect(view.container.textContent).toBe('b');
  first.set('stale');
  expect(view.container.textContent).toBe('b');
  second.set('c');
  expect(view.container.textContent).toBe('c');
});
