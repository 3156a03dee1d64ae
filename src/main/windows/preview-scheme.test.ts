import { describe, expect, it } from 'vitest';
import { openPreviews } from './preview-scheme.ts';

const serve = (previews: ReturnType<typeof openPreviews>, address: string, method = 'GET'): Response =>
  previews.serve(new Request(address, { method }));

describe('a mail preview', () => {
  it('is served under its own address, with the policy that shuts it in', async () => {
    const previews = openPreviews();
    const address = previews.put(1, '<p>hello');
    const response = serve(previews, address);
    expect(await response.text()).toBe('<p>hello');
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^sandbox; default-src 'none';/);
    expect(response.headers.get('X-DNS-Prefetch-Control')).toBe('off');
  });

  it('gets a fresh address each time, and the one before is gone', () => {
    const previews = openPreviews();
    const first = previews.put(1, 'a');
    const second = previews.put(1, 'a');
    expect(second).not.toBe(first);
    expect(serve(previews, first).status).toBe(404);
    expect(previews.isKnown(first)).toBe(false);
    expect(previews.isKnown(second)).toBe(true);
  });

  it('ends with its window and leaves those of others alone', () => {
    const previews = openPreviews();
    const own = previews.put(1, 'a');
    const other = previews.put(2, 'b');
    previews.drop(1);
    expect(serve(previews, own).status).toBe(404);
    expect(serve(previews, other).status).toBe(200);
  });

  it('is nothing but its one address', () => {
    const previews = openPreviews();
    const address = previews.put(1, 'a');
    expect(serve(previews, `${address}image.png`).status).toBe(404);
    expect(serve(previews, 'mail-preview://00000000000000000000000000000000/').status).toBe(404);
    expect(serve(previews, address, 'POST').status).toBe(404);
    expect(previews.isKnown(address.replace('mail-preview', 'https'))).toBe(false);
    expect(previews.isKnown('not an address')).toBe(false);
  });
});
