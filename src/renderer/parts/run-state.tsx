import type { RunProgress, RunRecord } from '../state/index.ts';
import { Chip, type ChipTone, type GlyphName } from '../widgets/index.ts';
import { useWords } from '../words/index.ts';

export const glyphOfRun: Readonly<Record<RunRecord['status'], GlyphName>> = {
  running: 'running',
  paused: 'paused',
  success: 'fine',
  warning: 'warning',
  failed: 'failed',
  stopped: 'paused',
  interrupted: 'warning',
};

const toneOfRun: Readonly<Record<RunRecord['status'], ChipTone>> = {
  running: 'active',
  paused: 'warning',
  success: 'fine',
  warning: 'warning',
  failed: 'failed',
  stopped: 'plain',
  interrupted: 'warning',
};

interface Props {
  readonly status: RunRecord['status'];
  /** Of a run that goes on: says more than "running". */
  readonly phase?: RunProgress['phase'] | undefined;
  readonly small?: boolean;
}

export function RunState({ status, phase, small = false }: Props) {
  const t = useWords();
  const word = status === 'running' && phase ? t(`parts.doing.${phase}`) : t(`parts.status.${status}`);
  return (
    <Chip tone={toneOfRun[status]} glyph={glyphOfRun[status]} small={small}>
      {word}
    </Chip>
  );
}
