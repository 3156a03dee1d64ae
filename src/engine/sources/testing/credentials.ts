import type { CredentialReader } from '../credential.ts';

export const password =
  (text: string): CredentialReader =>
  () =>
    Promise.resolve({ kind: 'password', password: text });
