import type { Activity } from '../../backend/contracts/activities.ts';
import type { TimelineEntry } from '../../backend/contracts/timeline.ts';
import type { Session } from '../base/session.ts';
import {
  activity,
  entryOf,
  people,
  pipelines,
  records,
  type SampleKind,
  sampleEntries,
  task,
} from './record-sample.ts';

/** Which state of the panel a demo shows. */
export type RecordDemoState = 'ready' | 'lead' | 'reading' | 'empty' | 'loading' | 'missing' | 'error';

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
const list = (items: readonly unknown[]): Response => json({ items, nextCursor: null });

/** The page's own little server: one record in memory behind the paths of the real API. */
class SampleServer {
  readonly #kind: SampleKind;
  readonly #canWrite: boolean;
  readonly #record: Record<string, unknown>;
  #entries: TimelineEntry[];
  #tasks: object[];
  /** writes to the page's live stream, once it is open */
  #tell: ((event: object) => void) | null = null;

  constructor(kind: SampleKind, { canWrite, isEmpty }: { canWrite: boolean; isEmpty: boolean }) {
    this.#kind = kind;
    this.#canWrite = canWrite;
    this.#record = { ...records[kind] };
    this.#entries = isEmpty ? [] : sampleEntries();
    this.#tasks = isEmpty ? [] : [task];
  }

  /** What a colleague does meanwhile: the page hears of it by the live stream. */
  somebodyElse(): void {
    this.#entries = [entryOf(activity({ subject: 'A colleague called them', type: 'call' })), ...this.#entries];
    const { id } = records[this.#kind];
    this.#tell?.({ entity: this.#kind, id, kind: 'activity', from: null, to: null, isOwn: false });
  }

  #events(): Response {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const encoder = new TextEncoder();
        this.#tell = (event) => controller.enqueue(encoder.encode(`event: record\ndata: ${JSON.stringify(event)}\n\n`));
      },
    });
    return new Response(stream, { headers: { 'Content-Type': 'text/event-stream' } });
  }

  async answer(address: URL, init: RequestInit = {}): Promise<Response> {
    const path = address.pathname.slice(1);
    if (init.method && init.method !== 'GET') return this.#write(path, init);
    const { id, name } = records[this.#kind];
    if (path === 'records/resolve')
      return json({ type: this.#kind, id, name, canWrite: this.#canWrite, canTask: this.#canWrite });
    if (path === 'events') return this.#events();
    if (path === 'me') return json({ id: people[1]?.id, currency: 'EUR', permissions: { 'opportunity.write': 'own' } });
    if (path === 'accounts') return list([records.account]);
    if (path === 'pipelines') return list(pipelines);
    if (path === 'opportunities') return list([records.opportunity]);
    if (path === 'contacts') return list([{ id: people[0]?.id, name: 'Petra Lang' }]);
    if (path.endsWith('/tasks')) return list(this.#tasks);
    if (path.endsWith('/mentionable')) {
      const q = address.searchParams.get('q')?.toLowerCase() ?? '';
      return list(people.filter((person) => person.name.toLowerCase().includes(q)));
    }
    if (path.endsWith('/revisions')) return list([this.#original()]);
    if (path.endsWith('/timeline')) {
      const kinds = address.searchParams.getAll('kind');
      return list(this.#entries.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)));
    }
    return path.endsWith('/content') ? new Response('A sample.') : json(this.#record);
  }

  #original() {
    const { author: _, ...written } = activity({
      subject: 'What they need',
      content: [{ tag: 'p', children: [{ tag: 'text', text: 'One thing.' }] }],
    });
    return { ...written, editedBy: people[1], editedAt: '2026-11-21T11:00:00.000Z' };
  }

  #write(path: string, init: RequestInit): Response {
    const now = new Date().toISOString();
    if (path.includes('/attachments'))
      return json({ status: 415, code: 'unsupported_media_type', detail: 'The sample takes no files.' }, 415);
    const body = JSON.parse(String(init.body)) as Record<string, unknown>;
    if (path.endsWith('/stage')) {
      const to = pipelines.flatMap(({ stages }) => stages).find(({ id }) => id === body.stageId);
      Object.assign(this.#record, { stage: to, stageSince: now, version: Number(this.#record.version) + 1 });
      return json(this.#record);
    }
    if (path.startsWith('tasks/')) {
      this.#tasks = this.#tasks.slice(1);
      return json({ ...task, ...body });
    }
    if (path.endsWith('/tasks')) {
      const added = { ...task, isOverdue: false, dueOn: null, dueTime: null, ...body };
      this.#tasks = [added, ...this.#tasks];
      return json(added, 201);
    }
    if (path.endsWith('/convert')) return this.#convert(body, now);
    if (init.method === 'POST') {
      const text = String(body.body ?? '')
        .replace(/<[^>]*>/g, ' ')
        .trim();
      const content: Activity['content'] = text ? [{ tag: 'p', children: [{ tag: 'text', text }] }] : [];
      const made = activity({ ...(body as Partial<Activity>), content, occurredAt: now });
      this.#entries = [entryOf(made), ...this.#entries];
      return json(made, 201);
    }
    return this.#correct(path.split('/').at(-1) ?? '', body, now);
  }

  /** The stage asks for the source of a lead. */
  #convert({ fields }: Record<string, unknown>, now: string): Response {
    if (!fields) {
      const errors = [{ pointer: '/fields/source', message: 'is asked for by Converted' }];
      return json({ status: 422, code: 'stage_requirements', detail: 'Converted asks for: source.', errors }, 422);
    }
    const stage = pipelines.flatMap(({ stages }) => stages).find(({ name }) => name === 'Converted');
    Object.assign(this.#record, { ...fields, stage, stageSince: now, version: Number(this.#record.version) + 1 });
    Object.assign(this.#record, { converted: { at: now, accountId: null, contactId: null, opportunityId: null } });
    return json({ lead: this.#record });
  }

  #correct(id: string, { isWithdrawn, ...change }: Record<string, unknown>, now: string): Response {
    const entry = this.#entries.find((each) => each.id === `activity:${id}`);
    if (entry?.kind !== 'activity')
      return json({ status: 404, code: 'not_found', detail: 'There is no such activity.' }, 404);
    const { activity: before } = entry;
    const after: Activity = {
      ...before,
      ...change,
      correctedAt: now,
      version: before.version + 1,
      withdrawnAt: isWithdrawn === undefined ? before.withdrawnAt : isWithdrawn ? now : null,
    };
    this.#entries = this.#entries.map((each) => (each === entry ? entryOf(after) : each));
    return json(after);
  }
}

/** A session without a server, in the state a demo wants to show. */
export function recordSession(state: RecordDemoState): Session & { somebodyElse(): void } {
  const kind = state === 'reading' || state === 'lead' ? 'lead' : state === 'empty' ? 'account' : 'opportunity';
  const server = new SampleServer(kind, { canWrite: state !== 'reading', isEmpty: state === 'empty' });
  return {
    somebodyElse: () => server.somebodyElse(),
    kind: 'embed',
    server: 'https://demo.invalid',
    fetch(path, init) {
      if (state === 'loading') return new Promise<Response>(() => undefined);
      if (state === 'missing')
        return Promise.resolve(json({ status: 404, code: 'not_found', detail: 'There is no such record.' }, 404));
      if (state === 'error')
        return Promise.resolve(
          json(
            { status: 503, code: 'unavailable', detail: 'The database is being restarted.', instance: '01a2b3c4' },
            503,
          ),
        );
      return server.answer(new URL(path, 'https://demo.invalid/'), init);
    },
    onEnded: () => () => undefined,
    end: () => undefined,
  };
}
