/** A piece of a message: plain, or a link with the address it leads to. */
export interface Segment {
  text: string;
  href?: string;
}

// Only what RFC 3986 allows in clear: a Chinese sentence that goes on right behind a link is not part of it.
const candidate = /(?:https?:\/\/|www\.)[\w\-.~:/?#[\]@!$&'()*+,;=%]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;

/**
 * Splits a message into plain text and links. Only http, https and mail addresses become links, so that no message
 * can smuggle in another scheme; nothing is fetched.
 */
export function linkify(text: string): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    const found = withoutTrailingPunctuation(match[0]);
    const href = addressOf(found);
    if (href === undefined) continue;
    if (match.index > end) segments.push({ text: text.slice(end, match.index) });
    segments.push({ text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end) });
  return segments;
}

function addressOf(text: string): string | undefined {
  if (/^https?:\/\//i.test(text)) return parsed(text);
  if (/^www\./i.test(text)) return parsed(`https://${text}`);
  return `mailto:${text}`;
}

function parsed(address: string): string | undefined {
  try {
    const { protocol, hostname, href } = new URL(address);
    return (protocol === 'http:' || protocol === 'https:') && hostname.length > 0 ? href : undefined;
  } catch {
    return undefined;
  }
}

function withoutTrailingPunctuation(text: string): string {
  const trimmed = text.replace(/[.,;:!?'*]+$/, '');
  // "(see https://a.example/b)" ends before the bracket, "https://a.example/b_(c)" does not.
  const unopened = trimmed.endsWith(')') && trimmed.split('(').length < trimmed.split(')').length;
  return unopened ? withoutTrailingPunctuation(trimmed.slice(0, -1)) : trimmed;
}
