/**
 * What runs in the page of a pocket archive, in any browser of today and of the next years: no library, no build, nothing from
 * elsewhere. It shows texts as texts and makes no markup of them. Its words are here because the page has to speak without the app.
 */
export const pocketScript = `'use strict';
const words = {
  en: { search: 'Search', found: (n, all) => n + ' of ' + all + ' items', more: 'Only the first 200 are shown. Type more to narrow it down.',
    unlisted: (n) => n + ' more lie in the folder “items” and are not listed here.', open: 'Open the file', at: 'The file is', none: 'No text to show.',
    from: 'From', to: 'To', date: 'Date', folder: 'Folder', untitled: '(no title)', title: 'Pocket archive', choose: 'Choose an item to read it.' },
  de: { search: 'Suchen', found: (n, all) => n + ' von ' + all + ' Einträgen', more: 'Nur die ersten 200 werden gezeigt. Tippen Sie mehr, um einzugrenzen.',
    unlisted: (n) => n + ' weitere liegen im Ordner „items“ und stehen hier nicht.', open: 'Datei öffnen', at: 'Die Datei ist', none: 'Kein Text zu zeigen.',
    from: 'Von', to: 'An', date: 'Datum', folder: 'Ordner', untitled: '(ohne Titel)', title: 'Taschenarchiv', choose: 'Wählen Sie einen Eintrag, um ihn zu lesen.' },
};
const language = navigator.language.startsWith('de') ? 'de' : 'en';
const say = words[language];
const byId = (id) => document.getElementById(id);
document.documentElement.lang = language;
document.title = say.title;
document.querySelector('h1').textContent = say.title;
document.querySelector('label').textContent = byId('search').placeholder = say.search;
const items = JSON.parse(byId('items').textContent).map(([path, kind, folder, title, from, to, timeMs, sizeBytes, text]) =>
  ({ path, kind, folder, title, from, to, timeMs, sizeBytes, text }));
items.sort((a, b) => (b.timeMs ?? 0) - (a.timeMs ?? 0));
const plain = (text) => text.normalize('NFKD').replace(/\\p{M}/gu, '').toLowerCase();
const found = new WeakMap();
const wordsOf = (item) => {
  if (!found.has(item)) found.set(item, plain([item.title, item.from, item.to, item.folder, item.path[item.path.length - 1], item.text].join('\\n')));
  return found.get(item);
};
const make = (name, text, parent) => {
  const element = document.createElement(name);
  element.textContent = text;
  if (parent) parent.append(element);
  return element;
};
const when = (item) => item.timeMs === null ? '' : new Date(item.timeMs).toLocaleString(navigator.language, { dateStyle: 'medium', timeStyle: 'short' });
// What a browser would run when it opens it is named and not linked.
const opens = /\\.(eml|ics|vcf|pdf|txt|png|jpe?g|gif|webp|docx?|xlsx?|pptx?|od[tspg]|zip)$/i;
function show(item) {
  const place = byId('item');
  place.replaceChildren();
  make('h2', item.title || say.untitled, place);
  const facts = make('dl', '', place);
  for (const [name, value] of [[say.from, item.from], [say.to, item.to], [say.date, when(item)], [say.folder, item.folder]]) {
    if (value === '') continue;
    make('dt', name, facts);
    make('dd', value, facts);
  }
  const file = item.path.join('/');
  const line = make('p', '', place);
  if (opens.test(file)) {
    const link = make('a', say.open, line);
    link.href = item.path.map(encodeURIComponent).join('/');
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  } else make('span', say.at + ' ' + file, line);
  make('pre', item.text || say.none, place);
  place.focus();
}
function choose(button) {
  document.querySelector('[aria-current]')?.removeAttribute('aria-current');
  button.setAttribute('aria-current', 'true');
}
function list() {
  const wanted = plain(byId('search').value).split(/\\s+/).filter(Boolean);
  const hits = wanted.length === 0 ? items : items.filter((item) => wanted.every((word) => wordsOf(item).includes(word)));
  const rows = hits.slice(0, 200).map((item) => {
    const row = document.createElement('li');
    const button = make('button', '', row);
    button.type = 'button';
    make('b', item.title || say.untitled, button);
    make('span', [item.from || item.folder, when(item)].filter(Boolean).join(' · '), button);
    button.addEventListener('click', () => { choose(button); show(item); });
    return row;
  });
  byId('list').replaceChildren(...rows);
  const unlisted = Number(document.body.dataset.unlisted);
  byId('count').textContent = [say.found(hits.length, items.length), hits.length > 200 ? say.more : '', unlisted > 0 ? say.unlisted(unlisted) : '']
    .filter(Boolean).join(' ');
}
make('p', say.choose, byId('item'));
let waiting;
byId('search').addEventListener('input', () => { clearTimeout(waiting); waiting = setTimeout(list, 120); });
list();
`;

/** In the app’s colours where a browser knows two of each, in its own where not. */
export const pocketStyle = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --page: Canvas; --surface: Canvas; --ink: CanvasText; --soft: CanvasText; --line: GrayText; --mark: LinkText; }
@supports (color: light-dark(#000, #fff)) { :root {
  --page: light-dark(#f3f0ea, #161918); --surface: light-dark(#fcfbf8, #1d2120); --ink: light-dark(#211f1b, #edeae3);
  --soft: light-dark(#665f55, #a8a49a); --line: light-dark(#ded8cc, #303634); --mark: light-dark(#0f5156, #74c4c0); } }
* { box-sizing: border-box; }
body { margin: 0; display: flex; flex-direction: column; height: 100vh; background: var(--page); color: var(--ink); }
header { display: flex; gap: 12px 16px; align-items: center; flex-wrap: wrap; padding: 14px 24px; }
header p { margin: 0; color: var(--soft); }
label { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
input { font: inherit; color: inherit; flex: 1 1 16em; max-width: 40em; padding: 7px 12px; border: 1px solid var(--soft); border-radius: 8px; background: var(--surface); }
main { flex: 1; display: flex; gap: 16px; min-height: 0; padding: 0 24px 24px; }
ol, article { border: 1px solid var(--line); border-radius: 12px; background: var(--surface); overflow: auto; }
ol { list-style: none; margin: 0; padding: 0; width: 38%; }
button { font: inherit; color: inherit; display: block; width: 100%; text-align: start; padding: 9px 16px; border: 0; border-bottom: 1px solid var(--line); background: none; cursor: pointer; }
button:hover, button[aria-current] { background: color-mix(in srgb, var(--mark) 12%, transparent); }
button b, button span { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
button b { font-weight: 600; }
button span, dt { color: var(--soft); }
:focus-visible { outline: 2px solid var(--mark); outline-offset: -2px; }
article { flex: 1; padding: 4px 24px 24px; }
h1 { font-size: 1.15rem; margin: 0; white-space: nowrap; }
h2 { font-size: 1.3rem; line-height: 1.3; overflow-wrap: anywhere; }
a { color: var(--mark); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { font: inherit; max-width: 46em; white-space: pre-wrap; overflow-wrap: anywhere; border-top: 1px solid var(--line); padding-top: 16px; }
@media (max-width: 640px) { header { padding: 12px 16px; } main { flex-direction: column; padding: 0 16px 16px; } ol { width: auto; max-height: 40%; } article { min-height: 0; } }
`;
