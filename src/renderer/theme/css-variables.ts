import type { CSSVariablesResolver } from '@mantine/core';

const token = (name: string): string => `var(--st-${name})`;

/** Mantine's own greys, from light to dark, so that every part of it that we did not style stands on our tokens. */
const scale = (name: 'gray' | 'dark', tokens: readonly string[]): Record<string, string> =>
  Object.fromEntries(tokens.map((value, step) => [`--mantine-color-${name}-${step}`, token(value)]));

const both = {
  '--mantine-color-body': token('canvas'),
  '--mantine-color-text': token('text'),
  '--mantine-color-dimmed': token('text-3'),
  '--mantine-color-placeholder': token('text-3'),
  '--mantine-color-default': token('surface'),
  '--mantine-color-default-hover': token('hover'),
  '--mantine-color-default-border': token('line-strong'),
  '--mantine-color-default-color': token('text'),
  '--mantine-color-anchor': token('primary-text'),
  '--mantine-color-error': token('brick-text'),
  '--mantine-color-success': token('moss-text'),
  '--mantine-color-disabled': token('sunken'),
  '--mantine-color-disabled-color': token('text-3'),
  '--mantine-color-disabled-border': token('line'),
  '--mantine-primary-color-filled': token('primary'),
  '--mantine-primary-color-filled-hover': token('primary-hover'),
  '--mantine-primary-color-contrast': token('on-primary'),
  '--mantine-primary-color-light': token('primary-soft'),
  '--mantine-primary-color-light-hover': token('primary-soft'),
  '--mantine-primary-color-light-color': token('primary-text'),
};

const light = {
  ...both,
  '--mantine-color-white': token('surface'),
  '--mantine-color-black': token('text'),
  ...scale('gray', ['hover', 'sunken', 'line', 'line', 'control', 'control', 'text-3', 'text-2', 'text', 'text']),
};

// In the dark scheme Mantine takes grounds and lines from `dark`, and white only for marks on a filled ground.
const dark = {
  ...both,
  '--mantine-color-white': token('on-primary'),
  '--mantine-color-black': token('canvas'),
  ...scale('gray', ['text', 'text', 'text', 'text-2', 'text-2', 'text-3', 'text-3', 'control', 'line', 'surface']),
  ...scale('dark', ['text', 'text-2', 'text-3', 'control', 'control', 'hover', 'surface', 'canvas', 'sunken', 'rail']),
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light, dark });
