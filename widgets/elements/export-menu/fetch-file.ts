import type { DrawnPicture, ExportRequest, ExportResult } from '../../../backend/contracts/exports.ts';
import type { Job } from '../../../backend/contracts/jobs.ts';
import { ApiError, problemOf } from '../../base/api.ts';
import type { Session } from '../../base/session.ts';
import { paintPng } from './paint-png.ts';

export type FileFormat = 'csv' | 'xlsx' | 'pdf' | 'png' | 'svg';
/** What is asked for, as `POST analytics/exports` takes it, without its format. */
export type FileRequest = Pick<ExportRequest, 'of'> & Partial<Omit<ExportRequest, 'of' | 'format'>>;

export interface FetchedFile {
  name: string;
  content: Blob;
}

const POLL_MS = 500;

const nameIn = (response: Response): string => {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  return encoded ? decodeURIComponent(encoded) : 'export';
};

async function answered(response: Response): Promise<Response> {
  if (!response.ok) throw await problemOf(response);
  return response;
}

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, POLL_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

/**
 * Asks for a file and waits until it is there; a job's progress is told as done and total.
 * @throws ApiError when it can't be had; the signal's reason when nobody waits any more
 */
export async function fetchFile(
  session: Session,
  request: FileRequest,
  format: FileFormat,
  { signal, family, progress }: { signal: AbortSignal; family: string; progress: (job: Job) => void },
): Promise<FetchedFile> {
  const isPng = format === 'png';
  const body = JSON.stringify({ ...request, format: isPng ? 'drawing' : format });
  const headers = { 'Content-Type': 'application/json' };
  let response = await answered(await session.fetch('analytics/exports', { method: 'POST', headers, body, signal }));
  if (response.status === 202) {
    let { job } = (await response.json()) as { job: Job };
    while (job.state === 'queued' || job.state === 'running') {
      progress(job);
      await pause(signal);
      job = (await (await answered(await session.fetch(`jobs/${job.id}`, { signal }))).json()) as Job;
    }
    if (job.state === 'failed') throw new ApiError({ status: 0, code: 'job_failed', detail: job.error ?? '' });
    const { exportId } = job.result as ExportResult;
    response = await answered(await session.fetch(`analytics/exports/${exportId}/file`, { signal }));
  }
  const name = nameIn(response);
  if (!isPng) return { name, content: await response.blob() };
  const picture = (await response.json()) as DrawnPicture;
  return { name: name.replace(/\.json$/, '.png'), content: await paintPng(picture, family) };
}

/** Hands a file to the browser, which saves it. */
export function save({ name, content }: FetchedFile): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
