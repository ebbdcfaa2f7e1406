/** Where a link may lead. */
const ALLOWED = /^(?:https?:\/\/|mailto:)/i;
const BARE_ADDRESS = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/;
const BARE_HOST = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[/?#:].*)?$/u;

/** What was typed as the address of a link, with its scheme; null where a note may not link there. */
export function linkAddress(typed: string): string | null {
  const text = typed.trim();
  const address = BARE_ADDRESS.test(text) ? `mailto:${text}` : BARE_HOST.test(text) ? `https://${text}` : text;
  return ALLOWED.test(address) && URL.canParse(address) ? address : null;
}

/** The link that a place in the text is part of, within `box`. */
export function linkAround(node: Node, box: Node): HTMLAnchorElement | null {
  for (let each: Node | null = node; each && each !== box; each = each.parentNode) {
    if (each instanceof HTMLAnchorElement) return each;
  }
  return null;
}

/** Makes the range a link; where nothing is selected the address itself is what is read. Returns the link. */
export function setLink(range: Range, box: Node, href: string): HTMLAnchorElement {
  const around = linkAround(range.startContainer, box);
  if (around) {
    around.href = href;
    return around;
  }
  const link = document.createElement('a');
  link.href = href;
  if (range.collapsed) link.textContent = href.replace(/^mailto:/i, '');
  else link.append(range.extractContents());
  // A link in a link is none.
  for (const inner of link.querySelectorAll('a')) inner.replaceWith(...inner.childNodes);
  range.insertNode(link);
  return link;
}
