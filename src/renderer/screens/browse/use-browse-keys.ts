import { useEffect, useRef } from 'react';
import { isTyping } from '../../frame/is-typing.ts';

/** What a key asks for, whoever in the screen does it. */
export type BrowseEvent = 'date' | 'preview' | 'versions' | 'restore' | 'save' | 'now' | 'previous' | 'next';

const keys: Readonly<Record<string, BrowseEvent>> = {
  t: 'date',
  v: 'versions',
  r: 'restore',
  e: 'save',
  '.': 'now',
  '[': 'previous',
  ']': 'next',
};

const listeners = new Set<{ readonly name: BrowseEvent; readonly act: () => void }>();

export function useBrowseEvents(name: BrowseEvent, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const listener = { name, act: () => latest.current() };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [name]);
}

/** Plain letters, anywhere in the screen but in a field. Once, by the screen itself. */
export function useBrowseKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      // The tree finds folders by their letters.
      if (event.target instanceof Element && event.target.closest('[role="tree"]')) return;
      const name = keys[event.key.toLowerCase()];
      if (!name) return;
      event.preventDefault();
      for (const listener of listeners) if (listener.name === name) listener.act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
