/** Whether a key belongs to where it was pressed (a field, a menu, a dialog) or to the browser, rather than to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  if (!(event.target instanceof Element)) return false;
  return event.target.closest(OWNERS) !== null;
}

const OWNERS =
  "input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]";
