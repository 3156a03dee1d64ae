import { expect, test } from 'vitest';
import { attachmentFileName, fileNameFor, hidesEnding, isProgram, visibleName } from './file-name.ts';

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

test('an attachment is saved under its own name, with its ending, whatever that name holds', () => {
  const saved = (name: string, type = 'application/pdf') => attachmentFileName({ name, type });
  expect(saved('Offer 7.pdf')).toBe('Offer 7.pdf');
  expect(saved('../../etc/passwd')).toBe('etc passwd');
  expect(saved(`${'x'.repeat(400)}.docx`)).toMatch(/^x{120}\.docx$/);
  expect(saved('photo\u202egpj.exe')).toBe('photo gpj.exe');
  expect(saved('', 'message/rfc822')).toBe('message.eml');
  expect(saved(' .pdf ')).toBe('pdf');
  expect(saved('\u0000')).toBe('attachment');
});

test('what runs when it is opened is known by its ending', () => {
  expect(['setup.exe', 'run.PS1', 'a.pdf.scr '].every(isProgram)).toBe(true);
  expect(['minutes.v2.pdf', 'exe', 'plan.dwg'].some(isProgram)).toBe(false);
});
