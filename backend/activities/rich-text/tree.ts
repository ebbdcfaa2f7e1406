import type { RichNode } from '../../contracts/activities.ts';
import { sanitise } from './sanitise.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const TOKEN = /<(\/?)([a-z][a-z\d]*)((?:\s[^<>]*?)?)\/?>|[^<]+|</g;
const ATTRIBUTE = /\s(href|data-mention)="([^"]*)"/;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };
const HREF = /^(?:https?:\/\/[^\s/]|mailto:[^\s]|tel:[+\d])/i;

const decode = (text: string): string => text.replace(/&(?:amp|lt|gt|quot);/g, (entity) => ENTITIES[entity] ?? entity);
const encode = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

const BLOCKS = ['p', 'h3', 'ul', 'ol', 'li', 'blockquote', 'pre'] as const;
const INLINES = ['code', 'strong', 'em', 'u', 's'] as const;
const isBlock = (tag: string) => (BLOCKS as readonly string[]).includes(tag);
const isInline = (tag: string) => (INLINES as readonly string[]).includes(tag);

/**
 * HTML from anywhere as a tree of known pieces. Whatever the sanitiser should ever let through that is not known
 * here has no place in the tree: there are two walls, and the second one knows no HTML.
 */
export function richTextOf(html: string): RichNode[] {
  const root: RichNode[] = [];
  const open: { tag: string; into: RichNode[] }[] = [{ tag: '', into: root }];
  const into = () => open.at(-1)?.into ?? root;
  const close = (depth: number) => {
    if (depth > 0) open.length = depth;
  };
  for (const [token, slash, tag, attributes] of sanitise(html).matchAll(TOKEN)) {
    if (tag === undefined) {
      const text = decode(token);
      if (text.trim() !== '' || !into().every((node) => isBlock(node.tag))) into().push({ tag: 'text', text });
    } else if (slash) {
      close(open.findLastIndex((each) => each.tag === tag));
    } else {
      // As in every browser: a paragraph ends where the next block begins, whatever was left open in it.
      if (isBlock(tag)) close(open.findLastIndex((each) => each.tag === 'p' || each.tag === 'h3'));
      const node = nodeOf(tag, attributes ?? '');
      if (node) into().push(node);
      if (tag !== 'br') open.push({ tag, into: node ? (node.children ?? []) : into() });
    }
  }
  return root.filter(hasContent);
}

/** The piece for a tag; null: only what is in it counts. What is inside a mention is replaced by the person's name. */
function nodeOf(tag: string, attributes: string): RichNode | null {
  if (tag === 'br') return { tag: 'br' };
  if (isBlock(tag) || isInline(tag)) return { tag: tag as RichNode['tag'], children: [] };
  const [, name, encoded = ''] = ATTRIBUTE.exec(attributes) ?? [];
  const value = decode(encoded).trim();
  if (tag === 'a' && name === 'href' && HREF.test(value)) return { tag: 'a', href: value, children: [] };
  if (tag === 'span' && name === 'data-mention' && UUID.test(value)) return { tag: 'mention', userId: value };
  return null;
}

const hasContent = ({ tag, children }: RichNode): boolean =>
  tag === 'br' || children === undefined || children.length > 0;

/** Plain text as a tree: an empty line starts a paragraph. */
export function plainTextOf(text: string): RichNode[] {
  return text
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => ({
      tag: 'p' as const,
      children: paragraph
        .split('\n')
        .flatMap((line, index): RichNode[] =>
          index === 0 ? [{ tag: 'text', text: line }] : [{ tag: 'br' }, { tag: 'text', text: line }],
        ),
    }));
}

/** The people named in a text, each once. */
export function mentionsIn(nodes: readonly RichNode[]): string[] {
  const found = nodes.flatMap((node) => [...(node.userId ? [node.userId] : []), ...mentionsIn(node.children ?? [])]);
  return [...new Set(found)];
}

/** The tree as HTML, with the names of those who are mentioned; the only HTML that is ever stored. */
export function htmlOf(nodes: readonly RichNode[], names: ReadonlyMap<string, string>): string {
  return nodes.map((node) => pieceHtml(node, names)).join('');
}

function pieceHtml(node: RichNode, names: ReadonlyMap<string, string>): string {
  const within = () => htmlOf(node.children ?? [], names);
  switch (node.tag) {
    case 'text':
      return encode(node.text ?? '');
    case 'br':
      return '<br>';
    case 'mention':
      return `<span data-mention="${encode(node.userId ?? '')}">@${encode(names.get(node.userId ?? '') ?? '')}</span>`;
    case 'a':
      return `<a href="${encode(node.href ?? '')}" rel="noopener noreferrer nofollow">${within()}</a>`;
    default:
      return `<${node.tag}>${within()}</${node.tag}>`;
  }
}

/** The tree with each mention's text filled in; a person who is no more is not named. */
export function withNames(nodes: readonly RichNode[], names: ReadonlyMap<string, string>): RichNode[] {
  return nodes.map((node) => {
    if (node.tag === 'mention') return { ...node, text: `@${names.get(node.userId ?? '') ?? ''}` };
    return node.children ? { ...node, children: withNames(node.children, names) } : node;
  });
}
