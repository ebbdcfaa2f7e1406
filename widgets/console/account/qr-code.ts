import { html, svg, type TemplateResult } from 'lit';
import type { TotpSetup } from '../../../backend/contracts/account.ts';

/** Light modules around the code, as ISO/IEC 18004 asks for. */
const quietZone = 4;

/** One path over the dark modules of a QR code, neighbours of a row drawn as one bar. */
export function darkModules(rows: readonly string[]): string {
  return rows
    .flatMap((row, y) =>
      [...row.matchAll(/1+/g)].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
    )
    .join('');
}

/** Dark on light in every theme: cameras expect it so. */
export function qrCode({ size, rows }: TotpSetup['qr'], title: string): TemplateResult {
  const edge = size + 2 * quietZone;
  return html`<svg class="qr-code" role="img" aria-label=${title} viewBox="${-quietZone} ${-quietZone} ${edge} ${edge}" shape-rendering="crispEdges">
    ${svg`<title>${title}</title>
      <rect x=${-quietZone} y=${-quietZone} width=${edge} height=${edge} fill="#fff"></rect>
      <path d=${darkModules(rows)} fill="#000"></path>`}
  </svg>`;
}
