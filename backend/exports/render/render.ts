import type { ExportFormat } from '../../contracts/exports.ts';
import type { ExportDocument, ExportedFile } from '../export-document.ts';
import { type ContentOptions, contentOf } from './content.ts';
import type { RenderPool } from './worker/render-pool.ts';

/** By format, as the answer's Content-Type says it. */
export const mediaTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  svg: 'image/svg+xml',
  drawing: 'application/json; charset=utf-8',
};

/** Up to here CSV takes about as long as handing the rows to another thread. */
const QUICK_ROWS = 1000;

const isQuick = ({ sections }: ExportDocument, { format }: ContentOptions): boolean =>
  format === 'svg' ||
  format === 'drawing' ||
  (format === 'csv' && sections.every(({ table }) => table.rows.length <= QUICK_ROWS));

/**
 * Writes the document in the format asked for; what takes longer than a moment in a thread of its own.
 * @throws ProblemError too_large for what memory can't hold, the signal's reason once it is aborted
 */
export async function render(
  pool: RenderPool,
  document: ExportDocument,
  options: ContentOptions,
  signal?: AbortSignal,
): Promise<ExportedFile> {
  const { format } = options;
  return {
    fileName: `${document.name}.${format === 'drawing' ? 'json' : format}`,
    mediaType: mediaTypes[format],
    dataHash: document.dataHash,
    content: isQuick(document, options)
      ? await contentOf(document, options)
      : await pool.content(document, options, signal),
  };
}
