import type { Activity, ActivityRevision } from '../../../../backend/contracts/activities.ts';
import type { Attachment } from '../../../../backend/contracts/attachments.ts';
import type { Named, Page } from '../../../../backend/contracts/common.ts';
import type { TimelineEntry, TimelineKind } from '../../../../backend/contracts/timeline.ts';
import { type ApiClient, problemOf } from '../../../base/api.ts';

export type TimelinePage = Page<TimelineEntry>;
/** What the form sends. */
export type ActivityInput = Record<string, unknown>;

/** The timeline's side of the API for one record; `path` such as `leads/ID`. */
export class TimelineSource {
  readonly #api: ApiClient;
  readonly path: string;

  constructor(api: ApiClient, path: string) {
    this.#api = api;
    this.path = path;
  }

  /** The same for another record. */
  at(path: string): TimelineSource {
    return new TimelineSource(this.#api, path);
  }

  page(
    kinds: readonly TimelineKind[],
    { limit, cursor }: { limit: number; cursor: string | null },
    signal?: AbortSignal,
  ): Promise<TimelinePage> {
    return this.#api.get(`${this.path}/timeline`, { limit, kind: kinds, cursor }, signal ? { signal } : {});
  }

  log(activity: ActivityInput, idempotencyKey: string): Promise<Activity> {
    return this.#api.send('POST', `${this.path}/activities`, activity, { idempotencyKey });
  }

  correct({ id, version }: Pick<Activity, 'id' | 'version'>, change: ActivityInput): Promise<Activity> {
    return this.#api.send('PATCH', `${this.path}/activities/${id}`, change, { ifMatch: version });
  }

  async revisions(id: string): Promise<readonly ActivityRevision[]> {
    return (await this.#api.get<Page<ActivityRevision>>(`${this.path}/activities/${id}/revisions`)).items;
  }

  async people(q: string): Promise<readonly Named[]> {
    return (await this.#api.get<Page<Named>>(`${this.path}/mentionable`, { q })).items;
  }

  async contacts(account: string): Promise<readonly Named[]> {
    const page = await this.#api.get<Page<Named>>('contacts', { account, limit: 50 });
    return page.items.map(({ id, name }) => ({ id, name }));
  }

  async upload(file: File): Promise<void> {
    const response = await this.#api.session.fetch(
      `${this.path}/attachments?fileName=${encodeURIComponent(file.name)}`,
      { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file },
    );
    if (!response.ok) throw await problemOf(response);
  }

  /** Saves a file as a browser saves downloads: its address needs the session's header, so a link would not do. */
  async download({ id, fileName }: Attachment): Promise<void> {
    const response = await this.#api.session.fetch(`${this.path}/attachments/${id}/content`);
    if (!response.ok) throw await problemOf(response);
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = fileName;
    link.click();
    // The browser has taken hold of it once the click is dealt with.
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  remove({ id }: Attachment): Promise<void> {
    return this.#api.send('DELETE', `${this.path}/attachments/${id}`);
  }
}
