import { ActionIcon, Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { type Toast, useToasts } from '../state/index.ts';
import { Glyph, type GlyphName } from '../widgets/index.ts';
import { useFailureWords, useWords } from '../words/index.ts';
import css from './toasts.module.css';

/** A failure stays until it is dismissed; what went well leaves by itself, but not while it is looked at. */
const leaveAfterMs = 6000;
const glyphOf: Readonly<Record<Toast['tone'], GlyphName>> = { success: 'fine', information: 'nothing', failure: 'failed' };

export function Toasts() {
  const t = useWords();
  const toasts = useToasts((store) => store.toasts);
  return (
    <section className={css['corner']} aria-label={t('frame.toasts')} aria-live="polite">
      {toasts.map((toast) => (
        <OneToast key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function OneToast({ toast }: { readonly toast: Toast }) {
  const t = useWords();
  const say = useFailureWords();
  const dismiss = useToasts((store) => store.dismiss);
  const [held, setHeld] = useState(false);
  const stays = toast.tone === 'failure' || held;
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismiss(toast.id), leaveAfterMs);
    return () => clearTimeout(timer);
  }, [stays, dismiss, toast.id]);
  const meaning = toast.failure ? say(toast.failure) : toast.meaning;
  return (
    <div
      className={css['toast']}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Glyph name={glyphOf[toast.tone]} />
      <div>
        <b>{toast.title}</b>
        {meaning !== undefined && <p>{meaning}</p>}
      </div>
      <ActionIcon size={24} aria-label={t('parts.dismiss')} onClick={() => dismiss(toast.id)}>
        <X size={14} strokeWidth={2} />
      </ActionIcon>
      {toast.actions && (
        <div className={css['actions']}>
          {toast.actions.map(({ label, act }) => (
            <Button
              key={label}
              size="sm"
              onClick={() => {
                dismiss(toast.id);
                act();
              }}
            >
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
