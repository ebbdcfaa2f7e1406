import type { ExportResult } from '../../../backend/contracts/exports.ts';
import type { Job } from '../../../backend/contracts/jobs.ts';
import { ApiError, isAbort } from '../../base/api.ts';
import type { Session } from '../../base/session.ts';
import { answered, type ExportJobs, fileFrom } from './fetch-file.ts';

const POLL_MS = 500;
/** Of the tab, so that a reload finds its exports again and another tab doesn't save them, too. */
const STORE = 'salespulse-exports';

/** Some menu of this page waits for these. */
const awaited = new Set<string>();

/** Storage is refused in some frames: a reload loses the export then. */
function kept(): string[] {
  try {
    return (sessionStorage.getItem(STORE) ?? '').split(' ').filter((id) => id !== '');
  } catch {
    return [];
  }
}

function keep(ids: readonly string[]): void {
  try {
    sessionStorage.setItem(STORE, ids.join(' '));
  } catch {
    // As above.
  }
}

const forget = (id: string): void => keep(kept().filter((one) => one !== id));

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, POLL_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

const isRefused = (error: unknown) => error instanceof ApiError && error.status >= 400 && error.status < 500;

const jobOf = async (session: Session, id: string, signal: AbortSignal): Promise<Job> =>
  (await answered(await session.fetch(`jobs/${id}`, { signal }))).json() as Promise<Job>;

type Options = Parameters<ExportJobs['wait']>[2];

async function fileOf(session: Session, id: string, { signal, progress }: Options) {
  for (;;) {
    const job = await jobOf(session, id, signal);
    if (job.state === 'done') {
      const { exportId } = job.result as ExportResult;
      return fileFrom(await answered(await session.fetch(`analytics/exports/${exportId}/file`, { signal })));
    }
    if (job.state === 'cancelled') throw new DOMException('The export was cancelled.', 'AbortError');
    if (job.state === 'failed') throw new ApiError({ status: 422, code: 'job_failed', detail: job.error ?? '' });
    progress(job);
    await pause(signal);
  }
}

/** Exports that the server makes as jobs: they go on when the page is left, and are saved by whichever menu comes next. */
export const exportJobs: ExportJobs = {
  async wait(session, id, options) {
    if (!kept().includes(id)) keep([...kept(), id]);
    awaited.add(id);
    try {
      const file = await fileOf(session, id, options);
      forget(id);
      return file;
    } catch (error) {
      if (isRefused(error) || (isAbort(error) && !options.signal.aborted)) forget(id);
      throw error;
    } finally {
      awaited.delete(id);
    }
  },
  left: () => kept().find((id) => !awaited.has(id)),
  async cancel(session, id) {
    await answered(await session.fetch(`analytics/exports/jobs/${id}/cancel`, { method: 'POST' }));
    forget(id);
  },
};
