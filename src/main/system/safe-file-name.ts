/** A proposal for the dialog, which a mail's subject may have given: no separators, nothing that a system forbids in names. */
export function safeFileName(name: string): string {
  const plain = name
    // Control characters, what Windows forbids, and the marks that turn a line round and so hide an ending.
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '_')
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  return plain.slice(0, 150) || 'strata';
}
