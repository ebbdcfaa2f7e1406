import type { ExportFormat, ExportRequest } from '../../contracts/exports.ts';
import type { ExportDocument, ExportedFile } from '../export-document.ts';
import { renderCsv } from './csv.ts';

/** By format, as the answer's Content-Type says it. */
export const mediaTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  svg: 'image/svg+xml',
  drawing: 'application/json; charset=utf-8',
};

/** The libraries of XLSX and PDF are loaded with the first file that needs them. */
async function contentOf(document: ExportDocument, { format, bom }: ExportRequest): Promise<Buffer> {
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

/** Writes the document in the format asked for. */
export async function render(document: ExportDocument, request: ExportRequest): Promise<ExportedFile> {
  const { format } = request;
  return {
    fileName: `${document.name}.${format === 'drawing' ? 'json' : format}`,
    mediaType: mediaTypes[format],
    dataHash: document.dataHash,
    content: await contentOf(document, request),
  };
}
