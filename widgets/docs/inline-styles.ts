import type { Plugin } from 'vite';

/** End of the attribute value that starts at `from`: its closing quote, not one inside `${...}`. */
function valueEnd(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at += 1) {
    if (code.startsWith('${', at)) {
      depth += 1;
      at += 1;
    } else if (depth > 0 && code[at] === '{') depth += 1;
    else if (depth > 0 && code[at] === '}') depth -= 1;
    else if (depth === 0 && code[at] === '"') return at;
  }
  throw new Error('A style attribute has no end.');
}

const binding = (property: string, value: string) =>
  value.includes('${') ? `.${property}="${value}"` : `.${property}=\${${JSON.stringify(value)}}`;

/**
 * Rewrites Lit templates so that they need no inline styles, which our CSP forbids: `style="..."` becomes a
 * property binding (CSSOM, allowed), `<style>` becomes `<adopted-style>`, which adopts a constructed sheet.
 */
export function withoutInlineStyles(code: string): string {
  const sheets = code.replace(/<style>([\s\S]*?)<\/style>/g, (_whole, css: string) => {
    return `<adopted-style ${binding('css', css.replaceAll('"', "'"))}></adopted-style>`;
  });
  let result = '';
  let done = 0;
  for (const { index } of sheets.matchAll(/ style="/g)) {
    const start = index + ' style="'.length;
    const end = valueEnd(sheets, start);
    result += `${sheets.slice(done, index)} ${binding('style', sheets.slice(start, end))}`;
    done = end + 1;
  }
  return result + sheets.slice(done);
}

/**
 * Rewrites assignments of `innerHTML`, which Trusted Types forbid, to assignments of text: all that the viewer
 * assigns is text, some of it inside a coloured span, and some of that comes from other servers.
 */
export const withoutInnerHtml = (code: string): string =>
  code.replace(/\.innerHTML(\s*=[^=][^;]*;)/g, (_whole, assignment: string) => {
    const text = assignment.replace(/<span style="[^"]*">(.*?)<\/span>/g, '$1').replaceAll('&#x2715;', '✕');
    return `.textContent${text}`;
  });

/** Applies both to the viewer of the API document. */
export const cspCleanViewer = (): Plugin => ({
  name: 'salespulse:csp-clean-viewer',
  transform(code, id) {
    if (!id.includes('/node_modules/openapi-explorer/dist/es/')) return null;
    return { code: withoutInlineStyles(withoutInnerHtml(code)), map: null };
  },
});
