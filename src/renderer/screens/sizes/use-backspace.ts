import { useEffect, useRef } from 'react';
import { isTyping } from '../../frame/is-typing.ts';

/** Wherever the focus is, unless somebody types. */
export function useBackspace(act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'Backspace' || event.altKey || event.ctrlKey || event.metaKey || isTyping(event)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
