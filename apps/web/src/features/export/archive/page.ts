import { html, raw, type Html } from './html.ts';
import { style } from './style.ts';
import type { ArchiveWords } from './archive.messages.ts';

/** What all pages of an archive share. */
export interface PageFrame {
  words: ArchiveWords;
  dates: ArchiveDates;
  /** The only source of style that a page's policy lets in. */
  styleHash: string;
}

/** Times as pages show them: in the exporter's zone, which the pages name. */
export interface ArchiveDates {
  zone: string;
  day(at: string | number): string;
  time(at: string | number): string;
  moment(at: string | number): string;
}

export function makeDates(language: string, zone: string): ArchiveDates {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
    return (at: string | number): string => formatter.format(new Date(at));
  };
  return { zone, day: format({ dateStyle: 'full' }), time: format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }), moment: format({ dateStyle: 'medium', timeStyle: 'short' }) };
}

/** The policy's name for the style sheet, as it stands between its tags. */
export async function hashOfStyle(): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}

/** A page that loads nothing, runs nothing and sends nothing, wherever it is opened. */
export function pageOf({ words, styleHash }: PageFrame, title: string, body: Html): string {
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${raw(styleHash)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${raw(style)}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
}

/** A moment, with its exact time for machines. */
export const timeOf = (at: string | number, text: string): Html => html`<time datetime="${new Date(at).toISOString()}">${text}</time>`;
