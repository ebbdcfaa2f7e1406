import type { Problem } from '../../../backend/contracts/common.ts';
import type { ImportEntity, ImportPreview } from '../../../backend/contracts/imports.ts';
import { ApiError, queryString } from '../../base/api.ts';
import type { Session } from '../../base/session.ts';
import { apiAddress } from '../app.ts';
import { t } from '../text.ts';

export interface Upload {
  session: Session;
  entity: ImportEntity;
  file: File;
  /** 0..1; null where the browser can't tell. */
  progress: (share: number | null) => void;
  signal: AbortSignal;
}

/**
 * Sends a file as it is and resolves to the preview. By XMLHttpRequest, because `fetch` doesn't tell how far an
 * upload is. Rejects with an `ApiError`; an abort rejects with the signal's reason.
 */
export function upload({ session, entity, file, progress, signal }: Upload): Promise<ImportPreview> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', apiAddress(session, `imports${queryString({ entity, fileName: file.name })}`));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('X-SalesPulse-Request', '1');
    request.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) =>
      progress(lengthComputable && total > 0 ? loaded / total : null),
    );
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as ImportPreview);
      else {
        if (request.status === 401) session.end();
        reject(errorOf(request));
      }
    });
    request.addEventListener('error', () =>
      reject(new ApiError({ status: 0, code: 'network', detail: t('import.uploadBroken') })),
    );
    request.addEventListener('abort', () => reject(signal.reason));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function errorOf(request: XMLHttpRequest): ApiError {
  let problem: Partial<Problem> = {};
  try {
    problem = JSON.parse(request.responseText) as Partial<Problem>;
  } catch {
    // A proxy's page (such as nginx refusing the size) instead of an answer of ours.
  }
  const detail = problem.detail ?? t(request.status === 413 ? 'import.tooLarge' : 'problem.unexpected');
  return new ApiError({ status: request.status, code: problem.code ?? 'http', detail, errors: problem.errors });
}
