import { cleanup, configure } from '@solidjs/testing-library';
import { afterEach } from 'vitest';

afterEach(cleanup);
// What is waited for comes late on a busy machine; a second, the default, is soon over there. Milliseconds.
configure({ asyncUtilTimeout: 10_000 });

// What jsdom lacks of a browser.

window.matchMedia ??= ((query: string) => ({ matches: false, media: query, addEventListener: () => {}, removeEventListener: () => {} })) as never;

class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
window.ResizeObserver ??= NoResizeObserver;
Element.prototype.scrollIntoView ??= () => {};
Element.prototype.scrollTo ??= (() => {}) as never;

HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.setAttribute('open', '');
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.removeAttribute('open');
};

HTMLElement.prototype.showPopover ??= function (this: HTMLElement) {
  this.dataset['shown'] = '';
};
HTMLElement.prototype.hidePopover ??= function (this: HTMLElement) {
  delete this.dataset['shown'];
};
