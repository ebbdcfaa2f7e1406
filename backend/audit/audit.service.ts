import { type Actor, recordAudit } from '../access/index.ts';
import type { AuditEntry } from '../contracts/administration.ts';
import type { Named } from '../contracts/common.ts';
import type { Dependencies } from '../dependencies.ts';
import { cutPage, decodeCursor, encodeCursor, invalid } from '../http/index.ts';
import { type AuditFilters, type AuditPosition, listActors, listEntities, listEntries } from './audit.repository.ts';
import { auditCsvHead, auditCsvLine } from './audit-csv.ts';
import { createKnownActions } from './known-actions.ts';
import { shownEntry } from './shown-entry.ts';

const SORT = '-at';
const EXPORT_BATCH = 1000;

export interface AuditPageQuestion extends AuditFilters {
  limit: number;
  cursor?: string | undefined;
}

/** Who changed what: read, never written here but for the note that it was exported. */
export interface AuditLog {
  /** Newest first. @throws ProblemError invalid */
  page(actor: Actor, question: AuditPageQuestion): Promise<{ items: AuditEntry[]; nextCursor: string | null }>;
  /** What the filters can be set to: what occurs, each once. */
  facets(): Promise<{ actions: string[]; entities: string[]; actors: Named[] }>;
  /** Notes that the export was made, then answers all entries as pieces of a CSV file. @throws ProblemError invalid */
  export(actor: Actor, filters: AuditFilters): Promise<AsyncGenerator<string>>;
}

export function createAuditLog({ config, database }: Dependencies): AuditLog {
  const { timeZone } = config;
  const knownActions = createKnownActions();
  return {
    async page({ principal }, { limit, cursor, ...filters }) {
      assertOrder(filters);
      const position = decodeCursor(cursor, SORT, 2);
      const after = position ? { at: String(position[0]), id: String(position[1]) } : null;
      const found = await listEntries(database.sql, filters, timeZone, after, limit + 1);
      const { rows, nextCursor } = cutPage(found, limit, ({ at, id }) => encodeCursor(SORT, [at, id]));
      return { items: rows.map((entry) => shownEntry(principal, entry)), nextCursor };
    },
    facets: async () => ({
      actions: await knownActions(database.sql),
      entities: await listEntities(database.sql),
      actors: await listActors(database.sql),
    }),
    async export(actor, filters) {
      assertOrder(filters);
      await recordAudit(database.sql, actor, {
        action: 'audit.exported',
        entity: 'audit',
        entityId: null,
        after: { filters },
      });
      return lines(actor, filters);
    },
  };

  async function* lines({ principal }: Actor, filters: AuditFilters): AsyncGenerator<string> {
    yield auditCsvHead();
    let after: AuditPosition | null = null;
    for (;;) {
      const entries: AuditEntry[] = await listEntries(database.sql, filters, timeZone, after, EXPORT_BATCH);
      if (entries.length > 0) yield entries.map((entry) => auditCsvLine(shownEntry(principal, entry))).join('');
      if (entries.length < EXPORT_BATCH) return;
      after = entries.at(-1) ?? null;
    }
  }
}

function assertOrder({ from, to }: AuditFilters): void {
  if (from !== undefined && to !== undefined && to < from) throw invalid('/query/to', 'must not be before from');
}
