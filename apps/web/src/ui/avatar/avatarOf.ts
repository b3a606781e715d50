const han = /\p{Script=Han}/u;

/**
 * What stands for a name: of a Chinese name the last two characters (王思远 → 思远), for there are few surnames; of others
 * the first letters of the first and last word (Priya Shah → PS). A name without letters gives its first character, emoji whole.
 */
export function initialsOf(name: string): string {
  const trimmed = name.trim();
  const characters = graphemesOf(trimmed);
  if (characters.length === 0) return '?';
  if (characters.every((character) => han.test(character))) return characters.slice(-2).join('');
  const words = trimmed.split(/[\s·・]+/).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return characters[0]!;
  const letters = [words[0]!, ...(words.length > 1 ? [words.at(-1)!] : [])];
  return letters.map((word) => /\p{L}/u.exec(word)![0].toUpperCase()).join('');
}

/** Dear to make; names of hundreds of people are taken apart by one. */
let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character; older browsers take code points for it. */
function graphemesOf(text: string): string[] {
  if (!('Segmenter' in Intl)) return [...text];
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...segmenter.segment(text)].map((part) => part.segment);
}

/** A hue, 0 to 359, that stays the same for an id. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 16777619);
  // 24 hues that the eye tells apart, rather than 360 that it does not.
  return ((hash >>> 8) % 24) * 15;
}
