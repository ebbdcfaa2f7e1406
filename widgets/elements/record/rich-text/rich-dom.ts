import type { RichNode } from '../../../../backend/contracts/activities.ts';

/** Rich text as nodes of the document, to be edited. Made one by one: no HTML is parsed. */
export function richDom(nodes: readonly RichNode[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const node of nodes) fragment.append(domOf(node));
  return fragment;
}

function domOf(node: RichNode): Node {
  if (node.tag === 'text') return document.createTextNode(node.text ?? '');
  if (node.tag === 'mention') return mentionDom({ id: node.userId ?? '', name: (node.text ?? '').replace(/^@/, '') });
  const element = document.createElement(node.tag);
  if (element instanceof HTMLAnchorElement && /^(?:https?|mailto|tel):/i.test(node.href ?? ''))
    element.href = node.href ?? '';
  element.append(richDom(node.children ?? []));
  return element;
}

/** Somebody's name as one piece that is deleted as a whole. */
export function mentionDom({ id, name }: { id: string; name: string }): HTMLElement {
  const span = document.createElement('span');
  span.dataset.mention = id;
  span.contentEditable = 'false';
  span.className = 'mention';
  span.textContent = `@${name}`;
  return span;
}
