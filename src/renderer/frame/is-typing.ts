/** Whether a key belongs to a field or a dialog rather than to the screen. */
export function isTyping(event: Event): boolean {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select, [role="dialog"]') !== null
  );
}
