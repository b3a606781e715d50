import type { Plugin } from 'vite';

/**
 * Solid builds its views from templates that its compiler wrote into our own code, by assigning `innerHTML`. Under
 * `require-trusted-types-for 'script'` that assignment needs a policy: this names one for Solid's `template()` alone, so
 * that every other assignment of HTML, by us or by a library, stays forbidden.
 */
export function trustedTemplates(): Plugin {
  const assignment = 't.innerHTML = html';
  return {
    name: 'baton:trusted-templates',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!id.split('?')[0]!.endsWith('solid-js/web/dist/web.js')) return null;
      if (!code.includes(assignment)) throw new Error('Solid no longer assigns its templates as `t.innerHTML = html`: mend build/trustedTemplates.ts');
      const policy = `const templatePolicy = globalThis.trustedTypes?.createPolicy('solid-templates', { createHTML: (html) => html }) ?? { createHTML: (html) => html };\n`;
      return { code: policy + code.replaceAll(assignment, 't.innerHTML = templatePolicy.createHTML(html)'), map: null };
    },
  };
}
