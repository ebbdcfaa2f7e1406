import type { ExportRequest } from '../../contracts/exports.ts';
import type { ExportDocument } from '../export-document.ts';
import { renderCsv } from './csv.ts';

/** What of a request decides how a document is written. */
export type ContentOptions = Pick<ExportRequest, 'format' | 'bom'>;

/** The bytes of a document in a format. The libraries of XLSX and PDF are loaded with the first file that needs them. */
export async function contentOf(document: ExportDocument, { format, bom }: ContentOptions): Promise<Buffer> {
  switch (format) {
    case 'csv':
      return renderCsv(document, { bom });
    case 'xlsx':
      return (await import('./xlsx.ts')).renderXlsx(document);
    case 'pdf':
      return (await import('./pdf/pdf.ts')).renderPdf(document);
    case 'svg':
      return Buffer.from((await import('./svg.ts')).renderSvg(document), 'utf8');
    case 'drawing':
      return Buffer.from(JSON.stringify((await import('./scene/picture.ts')).pictureOf(document)), 'utf8');
    default:
      return format satisfies never;
  }
}
