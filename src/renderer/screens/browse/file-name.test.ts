import { expect, test } from 'vitest';
import { fileNameFor, hidesEnding, visibleName } from './file-name.ts';

const message = (title: string) => fileNameFor({ kind: 'message', title, name: '1712:90000' });

test('a message is saved under its subject, whatever the subject holds', () => {
  expect(message('Re: Offer / harbour\u0000 office?')).toBe('Re Offer harbour office.eml');
  expect(message('..')).toBe('message.eml');
  expect(message('../../etc/passwd')).toBe('etc passwd.eml');
  expect(message('x'.repeat(400)).length).toBeLessThanOrEqual(200);
});

test('a file keeps its name and its ending', () => {
  expect(fileNameFor({ kind: 'file', title: 'a', name: 'façade-north.dwg' })).toBe('façade-north.dwg');
});

test('names that lie about their ending are found and shown as they are', () => {
  expect(hidesEnding('invoice.pdf.exe')).toBe(true);
  expect(hidesEnding('photo\u202egpj.exe')).toBe(true);
  expect(visibleName('photo\u202egpj.exe')).toBe('photo◇gpj.exe');
  expect(hidesEnding('minutes.v2.pdf')).toBe(false);
});
