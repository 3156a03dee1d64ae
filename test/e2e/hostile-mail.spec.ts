import { hostileMails } from '../kit/renderer/hostile-mail.ts';
import { drafts, rowOf } from '../kit/renderer/sample-mail.ts';
import { ids } from '../kit/renderer/sample-base.ts';
import { expect, shellCalls, test } from './window.ts';

/** Whatever of a document could run, fetch, lead away or be mistaken for ours. Judged as a browser reads it, not as text. */
const complaints = (html: string): string[] => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const found: string[] = [];
  const banned =
    'script, link, base, iframe, frame, object, embed, form, input, button, textarea, select, svg, math, audio, video, source, template, noscript, title';
  for (const node of page.querySelectorAll(banned)) found.push(`<${node.localName}>`);
  if (page.querySelectorAll('style').length !== 1 || page.body.querySelector('style')) found.push('a style sheet of its own');
  const metas = [...page.querySelectorAll('meta')];
  if (metas.length !== 1 || metas[0]?.httpEquiv !== 'Content-Security-Policy') found.push('a meta of its own');
  for (const node of page.body.querySelectorAll('*')) {
    for (const { name, value } of node.attributes) {
      if (name.startsWith('on') || ['id', 'name', 'srcset', 'background', 'poster', 'action', 'ping'].includes(name))
        found.push(`${node.localName} ${name}`);
      const isLink = node.localName === 'a' && name === 'href';
      if (!isLink && /(^|[^a-z])(https?:)?\/\/|url\(/i.test(value)) found.push(`${node.localName} ${name}=${value}`);
      if (isLink && !/^(https?:|mailto:|tel:)/i.test(value)) found.push(`a leads to ${value}`);
      if (name === 'src' && !/^data:image\/(png|jpe?g|gif|webp|bmp);/.test(value)) found.push(`src=${value}`);
      if (name === 'style' && /fixed|sticky|absolute|expression|@import|\\/i.test(value)) found.push(`style=${value}`);
    }
    if (node.localName === 'a' && node.hasAttribute('href') && node.getAttribute('target') !== '_blank')
      found.push('a link that stays in the frame');
  }
  return found;
};

for (const [index, { danger, kept }] of hostileMails.entries()) {
  test(`${danger} is taken out of a mail, and what it says is kept`, async ({ open }) => {
    const page = await open(`/browse?storage=${ids.nas}&folder=${drafts.item}&item=${rowOf(drafts, index).item}`, {
      live: false,
    });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await expect(page.frameLocator('iframe[title="The message"]').getByText(kept).first()).toBeAttached();
    const handed = (await shellCalls(page)).findLast(
      ({ name, input }) => name === 'shell.previewDocument' && (input as { html: string | null }).html !== null,
    );
    const { html } = handed?.input as { html: string };
    expect(html).toContain(kept);
    expect(await page.evaluate(complaints, html)).toEqual([]);
    expect(requests.filter((url) => url.includes('tracker.example'))).toEqual([]);
    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
  });
}
