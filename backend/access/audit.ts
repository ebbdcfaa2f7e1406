import { type SqlRunner, sql } from '../db/index.ts';
import type { Actor } from './principal.ts';

export interface AuditRecord {
  /** verb in the past: lead.created, stage.moved */
  action: string;
  entity: string;
  entityId: string | null;
  before?: unknown;
  after?: unknown;
}

const asJson = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

/** Writes the audit row of a change; call it with the transaction's own runner. */
export async function recordAudit(runner: SqlRunner, actor: Actor | null, record: AuditRecord): Promise<void> {
  await runner.rows(sql`
    insert into audit_entry (actor_id, actor_kind, action, entity, entity_id, before, after, request_id, rule_id)
    values (${actor?.principal.userId ?? null}::uuid, ${actorKind(actor)}, ${record.action}, ${record.entity},
            ${record.entityId}, ${asJson(record.before)}::jsonb, ${asJson(record.after)}::jsonb, ${actor?.requestId ?? null}, ${actor?.rule?.id ?? null}::uuid)`);
}

/** How audit rows name the kind of credential. */
export function actorKind(actor: Actor | null): string {
  if (actor === null) return 'system';
  return actor.principal.via === 'session' ? 'user' : actor.principal.via;
}
