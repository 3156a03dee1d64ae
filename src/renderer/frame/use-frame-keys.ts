import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { shell } from '../client/index.ts';
import { isTyping } from './is-typing.ts';
import { screens } from './screens.ts';

interface Actions {
  readonly onPalette: () => void;
  readonly onHelp: () => void;
}

/** Alt and arrows are the page's own history, which Electron leaves to us on every system. */
export function useFrameKeys({ onPalette, onHelp }: Actions): void {
  const navigate = useNavigate();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const command = shell.platform === 'darwin' ? event.metaKey : event.ctrlKey;
      if (command && !event.altKey && !event.shiftKey) {
        const screen = screens[Number(event.key) - 1];
        if (event.key.toLowerCase() === 'k') onPalette();
        else if (screen) void navigate({ to: screen.to });
        else return;
      } else if (event.altKey && !command && event.key === 'ArrowLeft') window.history.back();
      else if (event.altKey && !command && event.key === 'ArrowRight') window.history.forward();
      else if (event.key === '?' && !command && !event.altKey && !isTyping(event)) onHelp();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [navigate, onPalette, onHelp]);
}
