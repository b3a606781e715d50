/** One way in which bytes may stand somewhere. */
export interface Form {
  /** For example `UTF-8`, `base64`, `JSON in base64url`. */
  name: string;
  bytes: Buffer;
}

/**
 * Every form to look for: the bytes themselves, each encoding of them, and each encoding of such an encoding (a key that
 * stands as base64url in JSON, all of it in base64url once more). An encoding that changes nothing adds no form.
 */
export function formsOf(bytes: Buffer): Form[] {
  const once = encodeAll(bytes);
  const twice = once.flatMap((inner) => encodeAll(inner.bytes).map((outer): Form => ({ name: `${inner.name} in ${outer.name}`, bytes: outer.bytes })));
  const forms = new Map<string, Form>();
  for (const form of [{ name: isText(bytes) ? 'UTF-8' : 'bytes', bytes }, ...once, ...twice]) {
    const key = form.bytes.toString('latin1');
    if (!forms.has(key)) forms.set(key, form);
  }
  return [...forms.values()];
}

/** How software writes bytes down; several results where it may do so in several ways. */
const encodings: Readonly<Record<string, (bytes: Buffer) => string[]>> = {
  JSON: (bytes) => inJson(bytes),
  '\\u in JSON': (bytes) => inJson(bytes).flatMap(escapeUnits),
  'URL encoding': (bytes) => [/[A-Za-z0-9_.~-]/, /[A-Za-z0-9_.~!'()*-]/].flatMap((kept) => inUrl(bytes, kept)),
  hex: (bytes) => [bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
  base64: (bytes) => inBase64(bytes, 'base64'),
  base64url: (bytes) => inBase64(bytes, 'base64url'),
};

function encodeAll(bytes: Buffer): Form[] {
  return Object.entries(encodings).flatMap(([name, encode]) => encode(bytes).map((text) => ({ name, bytes: Buffer.from(text, 'utf8') })));
}

/** The inside of a JSON string. What is no text stands in no JSON as it is. */
const inJson = (bytes: Buffer): string[] => (isText(bytes) ? [JSON.stringify(bytes.toString('utf8')).slice(1, -1)] : []);

/** As writers of JSON do that keep to ASCII. */
function escapeUnits(text: string): string[] {
  const escaped = (digits: (hex: string) => string): string => text.replace(/[\u007f-\uffff]/g, (unit) => `\\u${digits(unit.charCodeAt(0).toString(16).padStart(4, '0'))}`);
  return [escaped((hex) => hex), escaped((hex) => hex.toUpperCase())];
}

/** As in a path or a query, with the characters kept that a writer may keep. */
function inUrl(bytes: Buffer, kept: RegExp): string[] {
  const encoded = (digits: (hex: string) => string): string =>
    Array.from(bytes, (byte) => (kept.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${digits(byte.toString(16).padStart(2, '0'))}`)).join('');
  return [encoded((hex) => hex), encoded((hex) => hex.toUpperCase())].flatMap((text) => [text, text.replaceAll('%20', '+')]);
}

/**
 * What of the bytes' base64 does not depend on its neighbours, for each of the three places that the bytes can have in a
 * longer text.
 */
function inBase64(bytes: Buffer, alphabet: 'base64' | 'base64url'): string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet);
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

const isText = (bytes: Buffer): boolean => Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
