import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Copy } from 'lucide-react';
import { useWords } from '../words/index.ts';

/** Says that it did it, for two seconds. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const t = useWords();
  const clipboard = useClipboard({ timeout: 2000 });
  return (
    <Button
      size="sm"
      leftSection={clipboard.copied ? <Check size={14} /> : <Copy size={14} />}
      onClick={() => clipboard.copy(text)}
    >
      {clipboard.copied ? t('parts.copied') : label}
    </Button>
  );
}
