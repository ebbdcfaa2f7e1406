import type { ImportPreview } from '../../../backend/contracts/imports.ts';

/** The preview of the file just uploaded, on its way from the upload to the page of the import. */
let latest: ImportPreview | null = null;

export function rememberPreview(preview: ImportPreview): void {
  latest = preview;
}

/** The preview of an import if it was the last one uploaded here. */
export const rememberedPreview = (id: string): ImportPreview | null => (latest?.id === id ? latest : null);
