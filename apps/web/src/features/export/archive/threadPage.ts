import type { MessageItem, TimelineItem } from '@baton/messaging';
import type { ArchivedThread } from './content.ts';
import { hrefOf, html, type Html } from './html.ts';
import { pageOf, timeOf, type PageFrame } from './page.ts';

/** What a thread's page shows beside the thread itself. */
interface ThreadSurroundings {
  /** From the page back to the index. */
  back: string;
  project: string;
  /** Notes of the team on this thread, from the team's room. */
  notes: readonly MessageItem[];
  /** The page of the thread that a note is on, as seen from here. */
  noteTarget(conversationId: string): { name: string; href: string } | null;
  nameOfTeam(mxid: string): string;
}

/** A thread or a team's room as a page, day by day, with the team's notes where they were written. */
export function threadPage(frame: PageFrame, thread: ArchivedThread, around: ThreadSurroundings): string {
  const { words, dates } = frame;
  const rows = [
    ...thread.items.map((item) => ({ at: item.at, shown: itemOf(frame, thread, around, item) })),
    ...around.notes.map((note) => ({ at: note.at, shown: noteOf(frame, around, note) })),
  ].sort((one, other) => one.at - other.at);
  let day = '';
  const shown = rows.map((row): Html => {
    const next = dates.day(row.at);
    if (next === day) return row.shown;
    day = next;
    return html`<h2 class="day">${day}</h2>${row.shown}`;
  });
  const title = thread.conversationId === null ? words.teamRoom : thread.name;
  return pageOf(frame, `${title} · ${around.project}`, html`<nav><a href="${hrefOf(around.back)}">${words.back}</a></nav>
<header>
<p class="label">${words.page(around.project)}</p>
<h1><bdi>${title}</bdi></h1>
${thread.about === null ? null : html`<p class="lead"><bdi>${thread.about}</bdi></p>`}
<p class="quiet">${words.zone(dates.zone)}</p>
</header>
<main>
${thread.complete ? null : html`<p class="box warn">${words.incomplete}</p>`}
${shown.length === 0 ? html`<p class="event">${words.nothing}</p>` : shown}
</main>`);
}

function itemOf(frame: PageFrame, thread: ArchivedThread, around: ThreadSurroundings, item: TimelineItem): Html {
  const { words } = frame;
  if (item.kind === 'message') return messageOf(frame, thread, around, item);
  if (item.kind === 'sealed') {
    return html`<article class="${classOf(thread, item.sender)}" id="${item.key}">${head(frame, thread.nameOf(item.sender), thread.isCandidate(item.sender), item.at)}<p class="warn">${words.sealed}</p></article>`;
  }
  if (item.kind === 'missing') return html`<p class="event">${words.missing(thread.nameOf(item.sender), item.count)}</p>`;
  if (item.kind === 'reordered') return html`<p class="event">${words.reordered(thread.nameOf(item.sender))}</p>`;
  const said = item.kind === 'handover' ? words.handedOver : words[item.change](thread.nameOf(item.userId));
  return html`<p class="event">${said} · ${timeOf(item.at, frame.dates.time(item.at))}</p>`;
}

function messageOf(frame: PageFrame, thread: ArchivedThread, around: ThreadSurroundings, item: MessageItem): Html {
  const { words } = frame;
  const target = item.noteOn === undefined ? null : around.noteTarget(item.noteOn);
  const warning = item.authenticity === 'certified' ? null : html`<p class="warn">${item.authenticity === 'clear' ? words.clear : words.unverified}</p>`;
  return html`<article class="${classOf(thread, item.sender)}" id="${item.eventId}">
${head(frame, thread.nameOf(item.sender), thread.isCandidate(item.sender), item.at)}
${target && html`<p class="quiet"><a href="${hrefOf(target.href)}">${words.noteOn(target.name)}</a></p>`}
${item.reply && html`<p class="quiet">${words.quoted(thread.nameOf(item.reply.sender))}</p><blockquote dir="auto">${item.reply.excerpt}</blockquote>`}
<p class="body" dir="auto">${item.body}</p>
${warning}
</article>
`;
}

function noteOf(frame: PageFrame, { nameOfTeam }: ThreadSurroundings, note: MessageItem): Html {
  return html`<article class="message note">
${head(frame, nameOfTeam(note.sender), false, note.at)}
<p class="quiet">${frame.words.teamNote}</p>
<p class="body" dir="auto">${note.body}</p>
</article>
`;
}

const head = ({ words, dates }: PageFrame, name: string, isCandidate: boolean, at: number): Html =>
  html`<header><bdi class="name">${name}</bdi>${isCandidate ? html`<span class="quiet">${words.candidate}</span>` : null}${timeOf(at, dates.time(at))}</header>`;

const classOf = (thread: ArchivedThread, sender: string): string => (thread.isCandidate(sender) ? 'message candidate' : 'message');
