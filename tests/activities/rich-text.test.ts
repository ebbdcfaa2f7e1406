import { describe, expect, it } from 'vitest';
import { htmlOf, mentionsIn, plainTextOf, richTextOf } from '../../backend/activities/rich-text/tree.ts';
import { type RichNode, richTags } from '../../backend/contracts/activities.ts';
import { fc } from '../support/fast-check.ts';
import { attacks } from './xss-corpus.ts';

const nobody = new Map<string, string>();
const cleaned = (html: string) => htmlOf(richTextOf(html), nobody);
const every = (nodes: readonly RichNode[]): RichNode[] =>
  nodes.flatMap((node) => [node, ...every(node.children ?? [])]);

/** Only known elements with known attributes, in the one way that we write them. */
const HARMLESS =
  /^(?:[^<>]|<\/?(?:p|br|h3|ul|ol|li|blockquote|pre|code|strong|em|u|s)>|<a href="(?:https?:\/\/|mailto:|tel:)[^"<>]*" rel="noopener noreferrer nofollow">|<\/a>|<span data-mention="[\da-f-]{36}">|<\/span>)*$/i;

describe('rich text', () => {
  it('keeps what people write', () => {
    expect(cleaned('<p>Said <b>yes</b> to <i>all</i>:</p><ul><li>price</li><li>date</li></ul>')).toBe(
      '<p>Said <strong>yes</strong> to <em>all</em>:</p><ul><li>price</li><li>date</li></ul>',
    );
    expect(cleaned('<a href="https://example.com/?a=1&amp;b=2" onclick="x()" target="_blank">here</a>')).toBe(
      '<a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer nofollow">here</a>',
    );
    expect(cleaned('1 < 2 && "so"')).toBe('1 &lt; 2 &amp;&amp; &quot;so&quot;');
  });

  it('names people by their id alone: what the sender wrote for the name is dropped', () => {
    const id = '01890000-0000-7000-8000-000000000000';
    const tree = richTextOf(`Ask <span data-mention="${id}">@The <b>boss</b></span>!`);
    expect(mentionsIn(tree)).toEqual([id]);
    expect(htmlOf(tree, new Map([[id, 'Rolf <Rep>']]))).toBe(
      `Ask <span data-mention="${id}">@Rolf &lt;Rep&gt;</span>!`,
    );
    expect(mentionsIn(richTextOf('<span data-mention="x">a</span><span>b</span>'))).toEqual([]);
  });

  it.each(attacks)('takes the sting out of %s', (attack) => {
    const html = cleaned(attack);
    expect(html).toMatch(HARMLESS);
    for (const node of every(richTextOf(attack))) {
      expect(richTags).toContain(node.tag);
      if (node.href !== undefined) expect(node.href).toMatch(/^(?:https?:\/\/|mailto:|tel:)/i);
    }
  });

  it('is harmless and stays as it is when it is cleaned again, whatever comes in', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '&lt;',
      '</',
      '<p>',
      '<a href="',
      '<!--',
      '-->',
      '<svg>',
      '=',
      ' ',
      'x',
      '\0',
      '<span data-mention="',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string(), fc.constantFrom(...attacks)), { maxLength: 12 }), (drawn) => {
        const once = cleaned(drawn.join(''));
        expect(once).toMatch(HARMLESS);
        expect(cleaned(once)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  it('ends a paragraph where the next one begins', () => {
    expect(cleaned('<p>One <strong>and<p>two</p></p>')).toBe('<p>One <strong>and</strong></p><p>two</p>');
    expect(cleaned('<p>]&gt;<span data-mention="<!DOCTYPE x [<!ENTITY y SYSTEM "f">]><p>y</p>')).not.toMatch(
      /<p>[^/]*<p>/,
    );
  });

  it('goes no deeper than people write', () => {
    const deepest = (nodes: readonly RichNode[]): number =>
      Math.max(0, ...nodes.map((node) => 1 + deepest(node.children ?? [])));
    expect(deepest(richTextOf(`${'<blockquote>'.repeat(4000)}x`))).toBeLessThan(20);
  });

  it('shows plain text as it was typed', () => {
    expect(plainTextOf('<b>one</b>\ntwo\n\nthree')).toEqual([
      { tag: 'p', children: [{ tag: 'text', text: '<b>one</b>' }, { tag: 'br' }, { tag: 'text', text: 'two' }] },
      { tag: 'p', children: [{ tag: 'text', text: 'three' }] },
    ]);
  });
});
