import type { DrawnShape } from '../../contracts/exports.ts';
import type { ExportDocument } from '../export-document.ts';
import { pictureOf } from './scene/picture.ts';

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text within XML, which knows no control characters. */
const escaped = (text: string): string =>
  text.replace(/\p{Cc}/gu, ' ').replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);

function element(shape: DrawnShape): string {
  if (shape.kind === 'text') {
    const { x, y, size, fill, anchor, isBold, text } = shape;
    const weight = isBold ? ' font-weight="600"' : '';
    return `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${weight}>${escaped(text)}</text>`;
  }
  const { d, fill, stroke, width, dash } = shape;
  const line = stroke ? ` stroke="${stroke}" stroke-width="${width}"` : '';
  const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  return `<path d="${d}" fill="${fill ?? 'none'}"${line}${dashes}/>`;
}

/** The chart as vectors, with a title and description for those who don't see it. */
export function renderSvg(document: ExportDocument): string {
  const { title, description, width, height, shapes } = pictureOf(document);
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description" font-family="system-ui, 'Segoe UI', Roboto, Arial, sans-serif">
<title id="title">${escaped(title)}</title>
<desc id="description">${escaped(description)}</desc>
${shapes.map(element).join('\n')}
</svg>
`;
}
