import sanitizeHtml from 'sanitize-html';

/** Elements that people may write; `span` only to name somebody. */
const ALLOWED = [
  'p',
  'br',
  'h3',
  'ul',
  'ol',
  'li',
  'blockquote',
  'pre',
  'code',
  'strong',
  'em',
  'u',
  's',
  'a',
  'span',
] as const;

/** What editors write for the same thing. */
const SAME = { b: 'strong', i: 'em', del: 's', strike: 's', div: 'p', h1: 'h3', h2: 'h3', h4: 'h3' } as const;

/** Elements whose text is no text of the writer's: they go with all that is in them. */
const WITH_CONTENT = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'template',
  'iframe',
  'object',
  'embed',
  'svg',
  'math',
  'title',
  'xmp',
  'noembed',
  'noframes',
  'plaintext',
  'select',
];

const MAX_DEPTH = 12;

/**
 * Reduces HTML from anywhere to a few harmless elements: no script, style, image, form, frame, class, id or handler;
 * links only to http, https, mailto and tel. The result has balanced tags, attributes in double quotes, and no
 * entities but `&amp; &lt; &gt; &quot;`.
 */
export const sanitise = (html: string): string =>
  sanitizeHtml(html, {
    allowedTags: [...ALLOWED],
    allowedAttributes: { a: ['href'], span: ['data-mention'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesAppliedToAttributes: ['href'],
    allowProtocolRelative: false,
    allowedClasses: {},
    allowedStyles: {},
    disallowedTagsMode: 'discard',
    nonTextTags: WITH_CONTENT,
    nestingLimit: MAX_DEPTH,
    parseStyleAttributes: false,
    transformTags: { ...SAME },
  });
