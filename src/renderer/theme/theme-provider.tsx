import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { cssVariables } from './css-variables.ts';
import { theme } from './theme.ts';

interface Props {
  /** `system` follows `prefers-color-scheme`, which the shell sets as well. */
  readonly scheme: 'system' | 'light' | 'dark';
  readonly children: ReactNode;
}

/** The choice is kept by the engine with the other preferences, so the page itself stores nothing. */
const nothingStored = { get: () => 'auto' as const, set: () => {}, subscribe: () => {}, unsubscribe: () => {}, clear: () => {} };

export function ThemeProvider({ scheme, children }: Props) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={nothingStored}
      defaultColorScheme="auto"
      {...(scheme === 'system' ? {} : { forceColorScheme: scheme })}
    >
      {children}
    </MantineProvider>
  );
}
