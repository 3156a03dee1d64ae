import { Button } from '@mantine/core';
import { Check } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words/index.ts';
import { classes } from './classes.ts';
import css from './wizard-frame.module.css';

export interface WizardStep {
  readonly key: string;
  readonly name: string;
  /** What was answered so far, in a few words. */
  readonly answer?: string | undefined;
}

interface Props {
  readonly title: string;
  readonly steps: readonly WizardStep[];
  readonly current: string;
  /** The furthest step that may be gone to; those before it can be clicked. */
  readonly reached: number;
  readonly onStep: (key: string) => void;
  readonly heading: string;
  readonly lead?: ReactNode;
  /** What happens with the next click, or what is missing for it. */
  readonly consequence?: ReactNode;
  readonly onCancel: () => void;
  /** What was begun can only be left, not cancelled. */
  readonly leaveLabel?: string | undefined;
  readonly onBack?: (() => void) | undefined;
  /** Another way on, beside Continue. */
  readonly extra?: ReactNode;
  readonly onContinue: () => void;
  readonly continueLabel?: string;
  readonly continueDisabled?: boolean;
  readonly busy?: boolean;
  readonly danger?: boolean;
  readonly children: ReactNode;
}

/** A page, not a dialog: steps with their answers at the left, one step in the middle, the way on below. */
export function WizardFrame(props: Props) {
  const t = useWords();
  const at = props.steps.findIndex(({ key }) => key === props.current);
  const body = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const wayOn = useRef<HTMLButtonElement>(null);
  const { current, heading, busy = false } = props;
  // A new step begins at its top; a field in it that took the focus moves it no further than it must.
  useEffect(() => {
    if (current === '') return;
    body.current?.parentElement?.scrollTo(0, 0);
    if (body.current?.contains(document.activeElement)) document.activeElement?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  // A new step, or what became of one, is heard from its heading on, unless one of its fields took the focus itself.
  useEffect(() => {
    if (heading !== '' && current !== '' && !body.current?.contains(document.activeElement)) title.current?.focus();
  }, [current, heading]);
  // What was pressed cannot keep the focus while it works; afterwards the way on has it, or what is read first where it is barred.
  useEffect(() => {
    if (!busy && document.activeElement === document.body) (wayOn.current?.disabled ? title : wayOn).current?.focus();
  }, [busy]);
  return (
    <form
      className={css['wizard']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!props.continueDisabled && !busy) props.onContinue();
      }}
    >
      <nav className={css['steps']} aria-label={props.title}>
        <h2>{props.title}</h2>
        <ol>
          {props.steps.map((step, index) => (
            <Step
              key={step.key}
              step={step}
              number={index + 1}
              state={stateOf(index, at, props.reached)}
              onOpen={() => props.onStep(step.key)}
            />
          ))}
        </ol>
      </nav>
      <section className={css['body']}>
        {/* A new step moves in by itself; the key starts its motion. */}
        <div key={props.current} ref={body} className={css['step']}>
          <h1 ref={title} tabIndex={-1}>
            {heading}
          </h1>
          {props.lead !== undefined && <p className={css['lead']}>{props.lead}</p>}
          {props.children}
        </div>
      </section>
      <footer className={css['foot']}>
        <Button variant="subtle" onClick={props.onCancel}>
          {props.leaveLabel ?? t('parts.cancel')}
        </Button>
        <span className={css['consequence']} aria-live="polite">
          {props.consequence}
        </span>
        {props.onBack && <Button onClick={props.onBack}>{t('parts.back')}</Button>}
        {props.extra}
        <Button
          ref={wayOn}
          type="submit"
          variant="filled"
          {...(props.danger ? { color: 'danger' } : {})}
          disabled={props.continueDisabled ?? false}
          loading={busy}
        >
          {props.continueLabel ?? t('parts.continue')}
        </Button>
      </footer>
    </form>
  );
}

type StepState = 'done' | 'current' | 'open' | 'ahead';

function stateOf(index: number, at: number, reached: number): StepState {
  if (index === at) return 'current';
  if (index < at) return 'done';
  return index <= reached ? 'open' : 'ahead';
}

interface StepProps {
  readonly step: WizardStep;
  readonly number: number;
  readonly state: StepState;
  readonly onOpen: () => void;
}

function Step({ step, number, state, onOpen }: StepProps) {
  const inside = (
    <>
      <span className={css['number']}>{state === 'done' ? <Check size={13} strokeWidth={2.5} aria-hidden /> : number}</span>
      <b>{step.name}</b>
      {step.answer !== undefined && <span className={css['answer']}>{step.answer}</span>}
    </>
  );
  return (
    <li className={classes(css['item'], css[state])} {...(state === 'current' ? { 'aria-current': 'step' as const } : {})}>
      {state === 'done' || state === 'open' ? (
        <button type="button" onClick={onOpen}>
          {inside}
        </button>
      ) : (
        <div>{inside}</div>
      )}
    </li>
  );
}
