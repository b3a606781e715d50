/** How every page of an archive looks, on a screen, a phone and paper. One text, so that a page's policy can name its hash. */
export const style = `
:root { color-scheme: light; --text: #1c1e21; --quiet: #5d636d; --line: #dfe2e7; --sunken: #f5f6f8; --firm: #2f5bd0; --warn: #8a5200; }
* { box-sizing: border-box; margin: 0; }
body { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; color: var(--text); background: #fff; font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.15rem; }
h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
h4 { margin-top: .6rem; color: var(--quiet); font-size: .8125rem; font-weight: 600; }
a { color: var(--firm); }
ul, ol { padding: 0; list-style: none; }
.label, .quiet, time, dt { color: var(--quiet); font-size: .875rem; }
.label { margin-bottom: .25rem; font-weight: 600; }
.lead { margin-top: .35rem; color: var(--quiet); }
nav { margin-bottom: 1.5rem; font-size: .9375rem; }
dl { display: grid; align-items: baseline; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 1.5rem 0; }
dd { min-width: 0; }
code { font: .875rem/1.5 ui-monospace, "SF Mono", Consolas, monospace; }
.box { margin: 1.5rem 0; padding: .85rem 1rem; border-radius: .6rem; background: var(--sunken); font-size: .9375rem; }
.box code { display: block; margin-top: .4rem; }
.warn { color: var(--warn); font-size: .875rem; }
.rows > li { display: flex; flex-wrap: wrap; gap: .1rem .75rem; align-items: baseline; padding: .45rem 0; border-top: 1px solid var(--line); }
.rows > li > :last-child:not(:first-child) { margin-left: auto; }
.person { padding: .85rem 0; border-top: 1px solid var(--line); break-inside: avoid; }
.person > p, .person > ul { margin-top: .15rem; }
.name { font-weight: 600; }
.tag { display: inline-block; padding: 0 .45rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--quiet); font-size: .8125rem; }
.body { white-space: pre-wrap; }
.day { margin: 2rem 0 .5rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); color: var(--quiet); font-size: .875rem; font-weight: 600; }
.message { margin: .75rem 0; padding: .1rem 0 .1rem .85rem; border-left: 3px solid var(--firm); break-inside: avoid-page; }
.message.candidate { border-color: #b9bec8; }
.message.note { padding: .6rem .85rem; border-color: #d9a400; border-radius: 0 .5rem .5rem 0; background: #fdf7e3; }
.message > header { display: flex; flex-wrap: wrap; gap: 0 .6rem; align-items: baseline; break-after: avoid; }
.message time { margin-left: auto; font-variant-numeric: tabular-nums; }
blockquote { margin: .2rem 0; padding-left: .7rem; border-left: 2px solid var(--line); color: var(--quiet); font-size: .9375rem; white-space: pre-wrap; }
.event { margin: .75rem 0; color: var(--quiet); font-size: .875rem; text-align: center; }
@media (max-width: 30rem) { body { padding: 1.5rem 1rem 3rem; } h1 { font-size: 1.45rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; } }
@media print { @page { margin: 18mm 16mm; } :root { font-size: 10pt; } body { max-width: none; padding: 0; } nav { display: none; } a { color: inherit; text-decoration: none; } h2, h3, .day { break-after: avoid; } .box { border: 1px solid var(--line); } }
`;
