const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const hangul = /\p{Script=Hangul}/u;
const han = /\p{Script=Han}/u;

/**
 * The language of a text as far as its script gives it away, for the `lang` attribute: it picks the right glyphs, the
 * line height and a screen reader's voice. Undefined where the script is shared by many languages.
 */
export function scriptOf(text: string): 'zh' | 'ja' | 'ko' | undefined {
  if (kana.test(text)) return 'ja';
  if (hangul.test(text)) return 'ko';
  return han.test(text) ? 'zh' : undefined;
}

const onlyEmoji = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s)+$/u;

/** Whether a message is one to three emoji and nothing else: those are shown large. */
export function isEmojiOnly(text: string): boolean {
  if (text.length > 40 || !onlyEmoji.test(text)) return false;
  const visible = text.replace(/\s/g, '');
  const count = typeof Intl.Segmenter === 'function' ? [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(visible)].length : [...visible].length;
  return count >= 1 && count <= 3;
}
