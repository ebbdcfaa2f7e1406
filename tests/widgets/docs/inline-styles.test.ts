import { describe, expect, it } from 'vitest';
import { withoutInlineStyles } from '../../../widgets/docs/inline-styles.ts';

// An expression of a template, put together so that it is not mistaken for one of this file.
const expression = (code: string) => `$\{${code}}`;

describe('templates without inline styles', () => {
  it('binds a fixed style as a property', () => {
    expect(withoutInlineStyles('html`<p style="color:red" class="a"></p>`')).toBe(
      `html\`<p .style=${expression('"color:red"')} class="a"></p>\``,
    );
  });

  it('keeps the expressions of a computed style', () => {
    const inner = `x${expression('b')}`;
    const value = `display:${expression(`a ? \`${inner}\` : { c: '"' }.c`)};top:0`;
    expect(withoutInlineStyles(`<p style="${value}">`)).toBe(`<p .style="${value}">`);
  });

  it('leaves other attributes and variables alone', () => {
    const code = `<p render-style="${expression('a')}" data-style="b">; const style = "c";`;
    expect(withoutInlineStyles(code)).toBe(code);
  });

  it('adopts style elements', () => {
    const computed = `a{b:${expression('c')}}`;
    expect(withoutInlineStyles(`<style>${computed}</style>`)).toBe(
      `<adopted-style .css="${computed}"></adopted-style>`,
    );
    expect(withoutInlineStyles('<style>a{}</style>')).toBe(
      `<adopted-style .css=${expression('"a{}"')}></adopted-style>`,
    );
  });

  it('refuses a style without an end instead of guessing', () => {
    expect(() => withoutInlineStyles('<p style="color:red')).toThrow(/no end/);
  });
});
