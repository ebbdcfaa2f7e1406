/** What had the focus was removed or disabled: the next Tab would start at the top of the page. */
export const isFocusLost = (): boolean => (document.activeElement ?? document.body) === document.body;
