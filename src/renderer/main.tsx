import './plain-text-only.ts';
import './theme/fonts.ts';
import './theme/tokens.css';
import './theme/base.css';
import '@mantine/core/styles.layer.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { languageOf } from '../shared/words/say.ts';
import { App } from './app.tsx';
import { shell } from './client/index.ts';
import { start } from './state/index.ts';
import { speak } from './words/index.ts';

// The system's language until the preferences are read.
speak(languageOf(shell.locale), shell.locale);
start();

const place = document.getElementById('root');
if (!place) throw new Error('the page has no root');
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
