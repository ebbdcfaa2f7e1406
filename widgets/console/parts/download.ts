import { ApiError, problemOf, type Query, queryString } from '../../base/api.ts';
import type { Session } from '../../base/session.ts';

/** Fetches a file with the session's own credentials and hands it to the browser. @throws ApiError */
export async function download(session: Session, path: string, query: Query, fallbackName: string): Promise<void> {
  const response = await session.fetch(path + queryString(query)).catch((cause: unknown) => {
    throw new ApiError({ status: 0, code: 'network', detail: 'The server could not be reached.' }, { cause });
  });
  if (!response.ok) throw await problemOf(response);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = fileNameOf(response.headers.get('Content-Disposition')) ?? fallbackName;
  link.click();
  // The browser has taken the file by the next turn; what it no longer needs is given back.
  setTimeout(() => URL.revokeObjectURL(address));
}

function fileNameOf(disposition: string | null): string | null {
  return /filename="?([\w.-]+)"?/.exec(disposition ?? '')?.[1] ?? null;
}
