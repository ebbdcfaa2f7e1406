import type { TemplateResult } from 'lit';
import type { Activity, ActivityRevision } from '../../../../backend/contracts/activities.ts';
import type { Attachment } from '../../../../backend/contracts/attachments.ts';
import type { TimelineEntry } from '../../../../backend/contracts/timeline.ts';
import { paths } from '../panel-source.ts';
import type { LoggedType } from './activity-form.ts';
import type { EntryHands } from './entry.ts';
import type { ActivityInput, TimelineSource } from './timeline-source.ts';

/** The timeline as far as its entries need it. */
export interface HandsHost {
  readonly canWrite: boolean;
  readonly source: TimelineSource;
  notice: { text: string; undo: (() => void) | null; isProblem: boolean } | null;
  act(work: () => Promise<unknown>, done: string, undo?: (() => void) | null): Promise<boolean>;
  form(
    type: LoggedType,
    activity: Activity | null,
    save: (input: ActivityInput) => Promise<void>,
    cancel: () => void,
  ): TemplateResult;
  findContacts(): Promise<void>;
  requestUpdate(): void;
}

/** What people do with entries of a timeline: correct, take back, look at what it was, download, remove. */
export class TimelineHands implements EntryHands {
  readonly #host: HandsHost;
  /** the activity that is being corrected, as it was when that began */
  #corrected: Activity | null = null;
  readonly #revisions = new Map<string, readonly ActivityRevision[]>();

  constructor(host: HandsHost) {
    this.#host = host;
  }

  of({ type, id }: NonNullable<TimelineEntry['record']>): EntryHands {
    const source = () => this.#host.source.at(`${paths[type]}/${id}`);
    return {
      of: (record) => this.of(record),
      formOf: () => null,
      revisionsOf: (activity) => this.revisionsOf(activity),
      toggleRevisions: (activity) => this.#toggle(activity, source()),
      correct: null,
      withdraw: null,
      download: (file) => this.#download(file, source()),
      remove: null,
    };
  }

  formOf({ id }: Activity): TemplateResult | null {
    const activity = this.#corrected;
    if (activity?.id !== id) return null;
    const close = () => {
      this.#corrected = null;
      this.#host.requestUpdate();
    };
    const save = async (input: Record<string, unknown>) => {
      await this.#host.source.correct(activity, input);
      close();
      this.#revisions.delete(activity.id);
      await this.#host.act(async () => {}, 'activity.saved');
    };
    return this.#host.form(activity.type as LoggedType, activity, save, close);
  }

  revisionsOf({ id }: Activity): readonly ActivityRevision[] | null {
    return this.#revisions.get(id) ?? null;
  }

  toggleRevisions(activity: Activity): void {
    this.#toggle(activity, this.#host.source);
  }

  #toggle({ id }: Activity, source: TimelineSource): void {
    if (this.#revisions.delete(id)) this.#host.requestUpdate();
    else
      void source.revisions(id).then((found) => {
        this.#revisions.set(id, found);
        this.#host.requestUpdate();
      }, reportError);
  }

  get correct() {
    if (!this.#host.canWrite) return null;
    return (activity: Activity) => {
      this.#corrected = activity;
      void this.#host.findContacts();
      this.#host.requestUpdate();
    };
  }

  get withdraw() {
    return this.#host.canWrite ? (activity: Activity) => void this.takeBack(activity) : null;
  }

  /** Takes an activity back, or puts one back that was. */
  async takeBack(activity: Activity): Promise<void> {
    const isWithdrawn = activity.withdrawnAt === null;
    this.#revisions.delete(activity.id);
    let after: Activity | null = null;
    await this.#host.act(
      async () => {
        after = await this.#host.source.correct(activity, { isWithdrawn });
      },
      isWithdrawn ? 'activity.tookBack' : 'activity.didPutBack',
      () => {
        if (after) void this.takeBack(after);
      },
    );
  }

  download(file: Attachment): void {
    this.#download(file, this.#host.source);
  }

  #download(file: Attachment, source: TimelineSource): void {
    void source.download(file).catch((error: Error) => {
      this.#host.notice = { text: error.message, undo: null, isProblem: true };
    });
  }

  get remove() {
    if (!this.#host.canWrite) return null;
    return (file: Attachment) => void this.#host.act(() => this.#host.source.remove(file), 'file.removed');
  }
}
