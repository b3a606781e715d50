import type { ArchivedCandidate, ArchiveContent, WrittenThread } from './content.ts';
import { hrefOf, html, type Html } from './html.ts';
import { pageOf, timeOf, type PageFrame } from './page.ts';

/** The first page: the project, its team, who stands where, and the way into every thread. */
export function indexPage(frame: PageFrame, content: ArchiveContent, threads: readonly WrittenThread[]): string {
  const { words, dates } = frame;
  const { project, firm, exporter, team, stages, candidates, changes } = content;
  const ofCandidates = threads.filter(({ conversationId }) => conversationId !== null);
  const messages = threads.reduce((sum, thread) => sum + thread.messages, 0);
  const moment = (at: string): Html => timeOf(at, dates.moment(at));
  return pageOf(frame, words.title(project.name), html`<header>
<p class="label">${words.label}</p>
<h1><bdi>${project.name}</bdi></h1>
</header>
<main>
<dl>
<dt>${words.client}</dt><dd><bdi>${project.client}</bdi></dd>
<dt>${words.publicTitle}</dt><dd><bdi>${project.publicTitle}</bdi></dd>
<dt>${words.firm}</dt><dd><bdi>${firm.name}</bdi></dd>
<dt>${words.exported}</dt><dd>${words.exportedBy(dates.moment(content.exportedAt), exporter.name)}</dd>
<dt>${words.content}</dt><dd>${words.counts(ofCandidates.length, messages)}</dd>
<dt>${words.root}</dt><dd><code>${content.fingerprint}</code></dd>
</dl>
<div class="box"><p>${words.check}</p><code>node verify.mjs</code></div>
<p class="quiet">${words.readable} ${words.zone(dates.zone)}</p>
<section><h2>${words.threads}</h2>
${threads.length === 0 ? html`<p class="quiet">${words.noThreads}</p>` : html`<ul class="rows">${threads.map((thread) => threadRow(frame, thread))}</ul>`}
</section>
<section><h2>${words.candidates}</h2>
${stages.map((stage) => stageOf(frame, stage.name, candidates.filter(({ stageId }) => stageId === stage.id), threads))}
</section>
<section><h2>${words.team}</h2>
<ul class="rows">${team.map(({ name, role }) => html`<li><bdi class="name">${name}</bdi><span class="quiet">${words.role[role]}</span></li>`)}</ul>
</section>
<section><h2>${words.changes}</h2>
<ul class="rows">${changes.map(({ at, text }) => html`<li><span>${text}</span>${moment(at)}</li>`)}</ul>
</section>
</main>`);
}

function threadRow({ words, dates }: PageFrame, { conversationId, name, page, messages, first, last, complete }: WrittenThread): Html {
  const span = first === null || last === null ? '' : ` · ${words.span(dates.moment(first), dates.moment(last))}`;
  return html`<li><a href="${hrefOf(page)}"><bdi>${conversationId === null ? words.teamRoom : name}</bdi></a><span class="quiet">${words.messages(messages)}${span}</span>${complete ? null : html`<span class="warn">${words.incomplete}</span>`}</li>`;
}

function stageOf(frame: PageFrame, stage: string, candidates: readonly ArchivedCandidate[], threads: readonly WrittenThread[]): Html {
  return html`<h3><bdi>${stage}</bdi> · ${candidates.length}</h3>
${candidates.map((candidate) => candidateOf(frame, candidate, threads))}`;
}

function candidateOf({ words, dates }: PageFrame, person: ArchivedCandidate, threads: readonly WrittenThread[]): Html {
  const thread = threads.find(({ conversationId }) => conversationId !== null && conversationId === person.conversationId);
  const work = [person.title, person.company, person.location].filter((part) => part !== null).join(' · ');
  const source = person.source === null ? null : html`<p class="quiet">${words.from(person.source)}</p>`;
  return html`<article class="person">
<p><bdi class="name">${person.name}</bdi> <span class="quiet">${words.since(dates.moment(person.stageSince))}</span>${thread === undefined ? null : html` · <a href="${hrefOf(thread.page)}">${words.thread}</a>`}</p>
${work === '' ? null : html`<p><bdi>${work}</bdi></p>`}
${person.handles.length === 0 ? null : html`<p class="quiet"><bdi>${person.handles.map(({ raw }) => raw).join(' · ')}</bdi></p>`}
${source}
${person.tags.length === 0 ? null : html`<p>${person.tags.map((tag) => html`<bdi class="tag">${tag}</bdi> `)}</p>`}
${person.notes.length === 0 ? null : html`<h4>${words.notes}</h4>${person.notes.map(({ at, by, body }) => html`<p class="body" dir="auto">${body}</p><p class="quiet">${by} · ${timeOf(at, dates.moment(at))}</p>`)}`}
${person.history.length === 0 ? null : html`<h4>${words.history}</h4><ul>${person.history.map(({ at, from, to, by, reason }) => html`<li class="quiet">${from === null ? words.start(to) : words.step(from, to)} · ${by} · ${timeOf(at, dates.moment(at))}${reason === null ? null : html` · <bdi>${reason}</bdi>`}</li>`)}</ul>`}
</article>
`;
}
