/**
 * The window's policy takes no string as markup (`require-trusted-types-for 'script'`). The component library fills its style
 * elements through the same door, so what cannot be markup is let through here, and nothing else. Imported before anything draws.
 */
interface TrustedTypes {
  createPolicy(name: 'default', rules: { createHTML(text: string): string | null }): unknown;
}

const { trustedTypes } = window as { readonly trustedTypes?: TrustedTypes };
trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) });
