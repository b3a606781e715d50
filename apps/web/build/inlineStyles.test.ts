import { expect, it } from 'vitest';
import { templateWithStyle } from './inlineStyles.ts';

it('finds a style that was written into a template', () => {
  expect(templateWithStyle('const a = _$template(`<p>`), b = _$template(`<svg width=8 style=border-radius:8px>`);')).toContain('border-radius');
  expect(templateWithStyle('_$template(`<div><b style="color:red">x`)')).toContain('color:red');
});

it('lets styles be that are set by the page’s own code, and words that look like one', () => {
  expect(templateWithStyle('_$template(`<div class=style>`); _$setStyleProperty(el, "width", w());')).toBeUndefined();
  expect(templateWithStyle('_$template(`<p>a style= b`)')).toBeUndefined();
});
