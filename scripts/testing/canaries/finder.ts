import type { Form } from './forms.ts';

/** Length of the beginning by which a form is recognised, in bytes. */
const anchorLength = 4;
const filterBits = 20;

/**
 * Makes a search for thousands of forms at once, in one pass over what is searched. Every form must have four bytes or more.
 * @returns finds the forms that occur in some bytes, each at most once
 */
export function makeFinder<F extends Form>(forms: readonly F[]): (haystack: Uint8Array) => Set<F> {
  const byAnchor = new Map<number, F[]>();
  const filter = new Uint8Array(1 << filterBits);
  for (const form of forms) {
    if (form.bytes.length < anchorLength) throw new RangeError(`A form of ${form.bytes.length} bytes is too short to look for.`);
    const anchor = form.bytes.readInt32BE(0);
    byAnchor.set(anchor, [...(byAnchor.get(anchor) ?? []), form]);
    filter[slotOf(anchor)] = 1;
  }

  return (haystack) => {
    const found = new Set<F>();
    let anchor = 0;
    for (let end = 0; end < haystack.length; end++) {
      anchor = (anchor << 8) | haystack[end]!;
      if (filter[slotOf(anchor)] === 0 || end < anchorLength - 1) continue;
      const start = end - anchorLength + 1;
      for (const form of byAnchor.get(anchor) ?? []) {
        if (!found.has(form) && startsWith(haystack, start, form.bytes)) found.add(form);
      }
    }
    return found;
  };
}

/** Most beginnings are nobody's: a look into a small table says so. */
const slotOf = (anchor: number): number => Math.imul(anchor, 0x9e3779b1) >>> (32 - filterBits);

function startsWith(haystack: Uint8Array, start: number, needle: Uint8Array): boolean {
  if (start + needle.length > haystack.length) return false;
  for (let at = 0; at < needle.length; at++) if (haystack[start + at] !== needle[at]) return false;
  return true;
}
