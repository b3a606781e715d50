import { pinyin, polyphonic } from 'pinyin-pro';

/** Surnames of two characters; all others have one. */
const compoundSurnames = new Set(
  ('欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 夏侯 端木 南宫 独孤 呼延 东郭 西门 闻人 澹台 ' +
    '公冶 宗政 濮阳 淳于 单于 太叔 申屠 钟离 轩辕 鲜于 闾丘 赫连 公羊 拓跋 百里 第五 欧陽 司馬 諸葛 東方 尉遲 公孫 長孫').split(' '),
);

/** At most so many readings of one name: 乐乐乐乐 has 256. */
const readingLimit = 12;

const hanRun = /\p{Script=Han}+/gu;

/** ü as it is typed: `lv` on a Chinese keyboard, `lu` in a passport of old. */
function plainSyllables(syllable: string): string[] {
  return syllable.includes('ü') ? [syllable.replace('ü', 'v'), syllable.replace('ü', 'u')] : [syllable];
}

function primaryReading(characters: string): string[] {
  return pinyin(characters, { toneType: 'none', surname: 'head', type: 'array' });
}

/** Readings of a run of characters, the likeliest (with the surname's special reading) first. */
function readingsOf(characters: string): string[][] {
  const primary = primaryReading(characters);
  const choices = polyphonic(characters, { toneType: 'none', type: 'array' }).map((syllables, at) => [
    ...new Set([primary[at] as string, ...syllables].flatMap(plainSyllables)),
  ]);
  let readings: string[][] = [[]];
  for (const syllables of choices) {
    // The likeliest syllable goes on from every reading; the others only while there is room.
    const first = readings.map((reading) => [...reading, syllables[0] as string]);
    const others = syllables.slice(1).flatMap((syllable) => readings.map((reading) => [...reading, syllable]));
    readings = [...first, ...others].slice(0, readingLimit);
  }
  return readings;
}

function surnameLength(characters: readonly string[]): number {
  return characters.length > 2 && compoundSurnames.has(characters.slice(0, 2).join('')) ? 2 : 1;
}

function formsOfReading(reading: readonly string[], surname: number): string[] {
  const given = reading.slice(surname).join('');
  return [
    reading.join(' '),
    reading.join(''),
    reading.map((syllable) => [...syllable][0] ?? '').join(''),
    ...(given === '' ? [] : [`${given}${reading.slice(0, surname).join('')}`]),
  ];
}

/**
 * The forms by which a name may be asked for: as written, a Chinese one also in full pinyin (with spaces, without, given
 * name first) and by its initials, in each likely reading; a Latin one also without spaces and by its initials.
 */
export function nameForms(name: string): string[] {
  const forms = [name];
  for (const [run] of name.matchAll(hanRun)) {
    const characters = [...run];
    for (const reading of readingsOf(run)) forms.push(...formsOfReading(reading, surnameLength(characters)));
  }
  if (/['’-]/.test(name)) forms.push(name.replace(/['’-]/g, ''));
  const latin = name.split(/[^\p{Script=Latin}\p{M}'’-]+/u).filter((word) => word !== '');
  if (latin.length > 1) forms.push(latin.join(''), latin.map((word) => [...word][0] ?? '').join(''));
  return [...new Set(forms)];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** `Wang Siyuan` for 王思远, `Ouyang Nana` for 欧阳娜娜; null for a name without Chinese characters. */
export function pinyinOf(name: string): string | null {
  const runs = [...name.matchAll(hanRun)].map(([run]) => run);
  if (runs.length === 0) return null;
  return runs
    .map((run) => {
      const reading = primaryReading(run);
      const surname = surnameLength([...run]);
      return [reading.slice(0, surname).join(''), reading.slice(surname).join('')].filter((part) => part !== '').map(capital).join(' ');
    })
    .join(' ');
}
