import { describe, expect, it } from 'vitest';
import { withoutInlineStyles, withoutInnerHtml } from '../../../widgets/docs/inline-styles.ts';

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

describe('code without innerHTML', () => {
  it('assigns the same as text', () => {
    expect(withoutInnerHtml("v.innerHTML = '';")).toBe("v.textContent = '';");
    expect(withoutInnerHtml("b.innerHTML = '&#x2715;';")).toBe("b.textContent = '✕';");
    expect(withoutInnerHtml("e.target.innerHTML = is('array') ? '[' : '{';")).toBe(
      "e.target.textContent = is('array') ? '[' : '{';",
    );
  });

  it('drops the markup around a message', () => {
    const message = expression('answer.error');
    expect(withoutInnerHtml(`el.innerHTML = \`<span style="color:var(--red)">${message}</span>\`;`)).toBe(
      `el.textContent = \`${message}\`;`,
    );
  });

  it('leaves comparisons alone', () => {
    expect(withoutInnerHtml("if (el.innerHTML === '') x();")).toBe("if (el.innerHTML === '') x();");
  });
});
