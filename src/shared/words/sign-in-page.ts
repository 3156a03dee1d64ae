import type { Failure } from '../domain/strata-error.ts';
import { type Language, sayFailure } from './say.ts';

const words = {
  en: {
    done: 'Signed in',
    doneMeaning: 'Strata can read this account now. This page can be closed.',
    failed: 'Not signed in',
    failedMeaning: 'This page can be closed. Go back to Strata to try once more.',
  },
  de: {
    done: 'Angemeldet',
    doneMeaning: 'Strata kann dieses Konto jetzt lesen. Diese Seite kann geschlossen werden.',
    failed: 'Nicht angemeldet',
    failedMeaning: 'Diese Seite kann geschlossen werden. Gehen Sie zu Strata zurück, um es noch einmal zu versuchen.',
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;

/** What a browser shows at the end of a sign-in: a page that stands alone and loads nothing. */
export function signInPage(failure: Failure | undefined, language: Language): string {
  const { done, doneMeaning, failed, failedMeaning } = words[language];
  const isDone = failure === undefined;
  const title = isDone ? done : failed;
  const sentences = isDone ? [doneMeaning] : [sayFailure(failure, language), failedMeaning];
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – Strata</title>
<style>
:root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif }
body { max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem }
</style>
<main>
<h1>${title}</h1>
${sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('\n')}
</main>
</html>
`;
}

/** A provider's words are part of some sentences. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
