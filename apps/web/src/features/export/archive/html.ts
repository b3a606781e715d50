/** Markup in which nothing is left to escape. Only `html` and `raw` make it. */
class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type { Html };
type Part = string | number | Html | null | readonly Part[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** A text as it stands in markup, between tags and in quoted attributes. What no page may hold becomes U+FFFD. */
export function escapeText(text: string): string {
  return text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\ufffd').replace(/[&<>"'`]/g, (letter) => entities[letter] ?? '');
}

/** Markup with whatever is put into it escaped: texts that people wrote can become neither tags nor attributes. Null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((made, string, at) => made + textOf(parts[at - 1] ?? null) + string));
}

/** What is our own and holds no words of others, such as a style sheet. */
export const raw = (text: string): Html => new Html(text);

function textOf(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(textOf).join('');
  return escapeText(String(part));
}

/** A relative address of a file of the archive. */
export const hrefOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
