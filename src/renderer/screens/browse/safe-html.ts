import createDOMPurify, { type Config } from 'dompurify';

/** A link of a message, told beside it: inside it no link works. */
export interface FoundLink {
  readonly target: string;
  readonly text: string;
  /** The text names another host than the target. */
  readonly deceptive: boolean;
}

export interface SafeDocument {
  /** A whole document without scripts, forms, frames, styles of its own or anything from the network. */
  readonly html: string;
  /** Pictures that would have been fetched. */
  readonly remotePictures: number;
  readonly links: readonly FoundLink[];
}

// DOMPurify keeps scripts out. It does not keep trackers out, so whatever can fetch is forbidden here as well.
const config: Config = {
  FORBID_TAGS: [
    'script',
    'link',
    'meta',
    'base',
    'iframe',
    'frame',
    'frameset',
    'object',
    'embed',
    'applet',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'option',
    'svg',
    'math',
    'audio',
    'video',
    'source',
    'track',
    'portal',
    'template',
    'noscript',
    'style',
    'title',
    'dialog',
    'picture',
    'map',
    'area',
  ],
  FORBID_ATTR: [
    'srcset',
    'ping',
    'background',
    'formaction',
    'action',
    'xlink:href',
    'poster',
    'id',
    'name',
    'class',
    'usemap',
    'is',
    'slot',
    'part',
    'popover',
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|data:image\/(?:png|jpe?g|gif|webp|bmp);base64,)/i,
  RETURN_DOM: true,
};

/** A picture that is in the message itself. */
const inline = /^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,/i;
/**
 * Declarations that fetch, run, or leave the message's own place. A backslash or a comment can write any of them in disguise, and no
 * honest mail needs one in a style.
 */
const unsafeStyle =
  /\\|\/\*|url\(|image-set\(|image\(|expression\(|@import|behavior|-moz-binding|javascript:|position\s*:\s*(?:fixed|sticky|absolute)/i;

/** In the document itself, though the address has the same as a header: a wall that travels with the text. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
/** Mail was written for white paper, so it gets that in both schemes. */
const paper =
  'html{background:#fff;color:#211f1b}body{margin:16px;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}pre{white-space:pre-wrap}';

const hostIn = (text: string): string | undefined =>
  /(?:^|[\s/@.(])((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/:?#\s)]|$)/i
    .exec(text.trim())?.[1]
    ?.toLowerCase()
    .replace(/^www\./, '');

function hostOf(target: string): string | undefined {
  try {
    return new URL(target).hostname.toLowerCase().replace(/^www\./, '');
  } catch {
    return undefined; // no address at all, so it names no host
  }
}

function linkOf(anchor: Element): FoundLink | null {
  const target = anchor.getAttribute('href');
  if (target === null || target === '') return null;
  const text = (anchor.textContent ?? '').trim();
  const [said, real] = [hostIn(text), hostOf(target)];
  const deceptive = said !== undefined && real !== undefined && real !== '' && said !== real && !real.endsWith(`.${said}`);
  return { target, text, deceptive };
}

/** Message by message with a purifier of its own, since its hooks count. */
export function safeDocument(hostile: string): SafeDocument {
  const purifier = createDOMPurify(window);
  let remotePictures = 0;
  purifier.addHook('uponSanitizeAttribute', (node, event) => {
    if (event.attrName === 'style' && unsafeStyle.test(event.attrValue)) event.keepAttr = false;
    if (event.attrName === 'src' && node.nodeName === 'IMG' && !inline.test(event.attrValue)) {
      event.keepAttr = false;
      if (/^\s*(?:https?:)?\/\//i.test(event.attrValue)) remotePictures += 1;
    }
    // A data: address is for pictures; as a link it is a page of its own.
    if (event.attrName === 'href' && /^\s*data:/i.test(event.attrValue)) event.keepAttr = false;
  });
  const body = purifier.sanitize(hostile, config) as unknown as HTMLElement;
  const anchors = [...body.querySelectorAll('a[href]')];
  const links = anchors.map(linkOf).filter((link) => link !== null);
  for (const anchor of anchors) {
    // A frame without permissions drops what would open a window; what would replace the frame breaks it.
    anchor.setAttribute('target', '_blank');
    anchor.setAttribute('rel', 'noopener noreferrer');
  }
  return { html: wrap(body), remotePictures, links };
}

/** Built as a tree, since editing purified text is how purified text becomes unsafe again. */
function wrap(body: HTMLElement): string {
  const page = document.implementation.createHTMLDocument('');
  const meta = page.createElement('meta');
  meta.httpEquiv = 'Content-Security-Policy';
  meta.content = policy;
  const style = page.createElement('style');
  style.textContent = paper;
  page.head.replaceChildren(meta, style);
  page.body.replaceWith(page.importNode(body, true));
  return `<!doctype html>${page.documentElement.outerHTML}`;
}
