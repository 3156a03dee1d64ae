import '../theme/fonts.ts';
import '../theme/tokens.css';
import '../theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { TrayBridge } from '../../shared/contract/tray.ts';
import { Tray } from './tray.tsx';

declare global {
  interface Window {
    readonly strataTray: TrayBridge;
  }
}

const place = document.getElementById('root');
if (!place) throw new Error('the page has no root');
createRoot(place).render(
  <StrictMode>
    <Tray bridge={window.strataTray} />
  </StrictMode>,
);
