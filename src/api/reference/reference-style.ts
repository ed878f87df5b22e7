// The style of the reference, light and dark.

export const referenceStyle = `
:root {
  color-scheme: light dark;
  --page: #fff; --ink: #1b1f24; --soft: #5b6570; --line: #e3e7eb; --side: #f6f7f9; --link: #0b5cad;
  --code: #eef1f4; --box: #14181d; --box-ink: #dfe6ee; --box-soft: #93a0ad;
  --get: #0a6b5b; --post: #0b5cad; --delete: #b3261e; --badge: #7a4d00; --badge-page: #fdf0d5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151a; --ink: #e3e8ee; --soft: #98a4b0; --line: #272d35; --side: #0d1014; --link: #78b6f7;
    --code: #222831; --box: #0a0c10; --box-ink: #d5dde6; --box-soft: #8794a1;
    --get: #4fc3a9; --post: #78b6f7; --delete: #ff8a80; --badge: #f3c66b; --badge-page: #3a2d10;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875em; }
p code, li code, dd code, .type code { background: var(--code); border-radius: 4px; padding: .1em .3em; }
h1 { font-size: 2.1rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.6rem; margin: 0 0 .25rem; }
h3 { font-size: 1.2rem; margin: 0 0 .5rem; }
h3 a { color: inherit; }
h4 { font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); margin: 1.75rem 0 .25rem; }
p { margin: .5rem 0; max-width: 44rem; }

nav { position: fixed; inset: 0 auto 0 0; width: 18rem; overflow-y: auto; padding: 1.5rem 1rem 3rem 1.25rem;
  background: var(--side); border-right: 1px solid var(--line); font-size: .875rem; line-height: 1.35; }
nav .title { font-size: 1.15rem; font-weight: 700; color: var(--ink); }
nav small { font-weight: 400; color: var(--soft); }
nav h2 { font-size: .875rem; margin: 1.25rem 0 .25rem; }
nav h2 a { color: var(--ink); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: flex; gap: .6rem; padding: .2rem 0; color: var(--soft); }
nav li a:hover { color: var(--ink); }
.verb { font: 700 .68rem/1.75 ui-monospace, monospace; color: var(--post); }
nav .verb { flex: 0 0 2.2rem; }
.verb.GET { color: var(--get); }
.verb.DELETE { color: var(--delete); }

main { margin-left: 18rem; }
main > header, section > h2, section > p, section:last-child article { padding: 0 2.5rem; }
main > header { padding: 2.5rem; }
section { border-top: 1px solid var(--line); padding: 2.5rem 0; }
article { padding: 2rem 2.5rem; }
article + article { border-top: 1px solid var(--line); }
section:last-child article { padding-block: 1.5rem; }
section:last-child dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); gap: 0 2rem; }
section:last-child dl > div { border: 0; padding: .2rem 0; }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 32rem); gap: 1rem 3rem; }
.samples { position: sticky; top: 1.5rem; align-self: start; }
.call { overflow-wrap: anywhere; }
.call .verb { font-size: .8rem; margin-right: .4rem; }
.call code { background: none; padding: 0; }
.call i { color: var(--soft); }
.badge { font-size: .72rem; font-weight: 500; vertical-align: .15em; border-radius: 1rem; padding: .15em .7em;
  color: var(--badge); background: var(--badge-page); }
dl { margin: 0; }
dl > div { padding: .55rem 0; border-bottom: 1px solid var(--line); }
dl > div:last-child { border-bottom: 0; }
dt { overflow-wrap: anywhere; }
dt > code { font-weight: 600; }
dt b { font-size: .75rem; font-weight: 500; color: var(--delete); }
.type { font-size: .8rem; color: var(--soft); margin-left: .35rem; }
dd { margin: .1rem 0 0; font-size: .925rem; color: var(--soft); }
.answers { list-style: none; margin: .25rem 0 0; padding: 0; }
.answers li { padding: .2rem 0; }
.status { font-size: .8rem; margin-right: .6rem; color: var(--soft); }
table { border-collapse: collapse; margin: .75rem 2.5rem 0; }
th, td { text-align: left; padding: .3rem 2rem .3rem 0; }
figure { margin: 0 0 1rem; background: var(--box); color: var(--box-ink); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
figcaption { font-size: .75rem; color: var(--box-soft); padding: .5rem 1rem 0; }
pre { margin: 0; padding: .5rem 1rem .9rem; overflow: auto; max-height: 26rem; line-height: 1.5; }
article:target { background: linear-gradient(90deg, var(--link) 3px, transparent 3px); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }

@media (max-width: 75rem) {
  .pair { grid-template-columns: minmax(0, 1fr); }
  .samples { position: static; margin-top: 1rem; }
}
@media (max-width: 52rem) {
  nav { position: static; width: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  nav ul { columns: 2 14rem; }
  main { margin-left: 0; }
  main > header, section > h2, section > p, article, section:last-child article { padding-inline: 1.25rem; }
  table { margin-inline: 1.25rem; }
}
@media print {
  nav { display: none; }
  main { margin: 0; }
  pre { max-height: none; white-space: pre-wrap; }
}
`;
