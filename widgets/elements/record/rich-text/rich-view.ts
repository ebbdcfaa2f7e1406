import { html, nothing, type TemplateResult } from 'lit';
import type { RichNode } from '../../../../backend/contracts/activities.ts';

const SAFE_LINK = /^(?:https?:\/\/|mailto:|tel:)/i;

/** Rich text by templates: text stays text, whatever the server should ever send. */
export const richView = (nodes: readonly RichNode[]): TemplateResult[] => nodes.map(piece);

function piece(node: RichNode): TemplateResult {
  const within = richView(node.children ?? []);
  switch (node.tag) {
    case 'text':
      return html`${node.text}`;
    case 'mention':
      return html`<span class="mention">${node.text}</span>`;
    case 'br':
      return html`<br />`;
    case 'p':
      return html`<p>${within}</p>`;
    case 'h3':
      return html`<p><strong>${within}</strong></p>`;
    case 'ul':
      return html`<ul>${within}</ul>`;
    case 'ol':
      return html`<ol>${within}</ol>`;
    case 'li':
      return html`<li>${within}</li>`;
    case 'blockquote':
      return html`<blockquote>${within}</blockquote>`;
    case 'pre':
      return html`<pre tabindex="0">${within}</pre>`;
    case 'code':
      return html`<code>${within}</code>`;
    case 'strong':
      return html`<strong>${within}</strong>`;
    case 'em':
      return html`<em>${within}</em>`;
    case 'u':
      return html`<u>${within}</u>`;
    case 's':
      return html`<s>${within}</s>`;
    case 'a':
      return SAFE_LINK.test(node.href ?? '')
        ? html`<a href=${node.href ?? nothing} target="_blank" rel="noopener noreferrer nofollow">${within}</a>`
        : html`${within}`;
    default:
      return node.tag satisfies never;
  }
}
