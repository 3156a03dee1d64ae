/** Sanitised documents of mail, each under an address of its own that nobody can guess: `mail-preview://<random>/`. */
export interface Previews {
  /** Replaces the owner's last document. The address stays good until the next one. */
  put(owner: number, html: string): string;
  drop(owner: number): void;
  isKnown(address: string): boolean;
  serve(request: Request): Response;
}

/**
 * The header is the wall: whatever the sanitiser let through, this document runs no script, has no origin, sends no form and loads
 * nothing but what lies inside it.
 */
const contentPolicy = [
  'sandbox',
  "default-src 'none'",
  'img-src mail-preview: data:',
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors app://strata',
].join('; ');

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': contentPolicy,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  // Looking up the host of a link would tell its owner that the mail was opened.
  'X-DNS-Prefetch-Control': 'off',
};

export function openPreviews(): Previews {
  const documents = new Map<string, { readonly owner: number; readonly html: string }>();

  const drop = (owner: number): void => {
    for (const [host, document] of documents) if (document.owner === owner) documents.delete(host);
  };
  const find = (address: string) => {
    if (!URL.canParse(address)) return undefined;
    const url = new URL(address);
    return url.protocol === 'mail-preview:' && url.pathname === '/' ? documents.get(url.host) : undefined;
  };

  return {
    put(owner, html) {
      drop(owner);
      const host = Buffer.from(globalThis.crypto.getRandomValues(new Uint8Array(16))).toString('hex');
      documents.set(host, { owner, html });
      return `mail-preview://${host}/`;
    },
    drop,
    isKnown: (address) => find(address) !== undefined,
    serve(request) {
      const document = request.method === 'GET' ? find(request.url) : undefined;
      return document ? new Response(document.html, { headers }) : new Response(null, { status: 404, headers });
    },
  };
}
