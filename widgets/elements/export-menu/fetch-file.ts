import type { DrawnPicture, ExportRequest } from '../../../backend/contracts/exports.ts';
import type { Job } from '../../../backend/contracts/jobs.ts';
import { problemOf } from '../../base/api.ts';
import type { Session } from '../../base/session.ts';
import { paintPng } from './paint-png.ts';

export type FileFormat = 'csv' | 'xlsx' | 'pdf' | 'png' | 'svg';
/** What is asked for, as `POST analytics/exports` takes it, without its format. */
export type FileRequest = Pick<ExportRequest, 'of'> & Partial<Omit<ExportRequest, 'of' | 'format'>>;

export interface FetchedFile {
  name: string;
  content: Blob;
}

/** How exports are waited for that the server makes as jobs. */
export interface ExportJobs {
  /**
   * The file, once the job is done.
   * @throws ApiError when it can't be had; an AbortError when it was cancelled or nobody waits any more
   */
  wait(
    session: Session,
    id: string,
    options: { signal: AbortSignal; progress: (job: Job) => void },
  ): Promise<FetchedFile>;
  /** The id of a job that was left without its file, as by a reload. */
  left(): string | undefined;
  /** Ends the job. */
  cancel(session: Session, id: string): Promise<void>;
}

const nameIn = (response: Response): string => {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  return encoded ? decodeURIComponent(encoded) : 'export';
};

/** The answer. @throws ApiError for a refusal */
export async function answered(response: Response): Promise<Response> {
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** What the server made. */
export const fileFrom = async (response: Response): Promise<FetchedFile> => ({
  name: nameIn(response),
  content: await response.blob(),
});

export interface Waiting {
  signal: AbortSignal;
  /** of the letters of a picture */
  family: string;
  progress: (job: Job) => void;
  jobs: ExportJobs | undefined;
}

/**
 * Asks for a file and waits until it is there; a job's progress is told as done and total.
 * @throws ApiError when it can't be had; the signal's reason when nobody waits any more
 */
export async function fetchFile(
  session: Session,
  request: FileRequest,
  format: FileFormat,
  { signal, family, progress, jobs }: Waiting,
): Promise<FetchedFile> {
  const isPng = format === 'png';
  const body = JSON.stringify({ ...request, format: isPng ? 'drawing' : format });
  const headers = { 'Content-Type': 'application/json' };
  const response = await answered(await session.fetch('analytics/exports', { method: 'POST', headers, body, signal }));
  if (response.status === 202 && jobs) {
    const { job } = (await response.json()) as { job: Job };
    progress(job);
    return jobs.wait(session, job.id, { signal, progress });
  }
  if (!isPng) return fileFrom(response);
  const name = nameIn(response).replace(/\.json$/, '.png');
  return { name, content: await paintPng((await response.json()) as DrawnPicture, family) };
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
