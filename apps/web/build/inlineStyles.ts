import type { Plugin } from 'vite';

/** The first of Solid's templates that carries a style attribute; undefined where none does. */
export function templateWithStyle(code: string): string | undefined {
  return code.match(/template\(`[^`]*`/g)?.find((template) => /<[^>]*\sstyle=/.test(template));
}

/**
 * Stops a build in which a style became an attribute: the page's policy lets no such attribute apply, and nothing would
 * say so. Solid writes one wherever every value of `style={{ … }}` is known beforehand; those belong into a style sheet.
 */
export function inlineStyles(): Plugin {
  return {
    name: 'baton:inline-styles',
    apply: 'build',
    transform(code, id) {
      const template = id.includes('/node_modules/') || !id.split('?')[0]!.endsWith('.tsx') ? undefined : templateWithStyle(code);
      if (template !== undefined) this.error(`A style that never changes belongs into a style sheet, the policy of the page forbids it here: ${template}`);
      return null;
    },
  };
}
