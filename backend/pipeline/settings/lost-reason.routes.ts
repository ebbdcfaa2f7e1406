import { type Actor, recordAudit } from '../../access/index.ts';
import { idParams } from '../../contracts/common.ts';
import {
  type LostReason,
  lostReasonCreateSchema,
  lostReasonListSchema,
  lostReasonOrderSchema,
  lostReasonQuery,
  lostReasonSchema,
  lostReasonUpdateSchema,
} from '../../contracts/pipeline-settings.ts';
import type { SqlRunner, Tx } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type AnyRoute, defineRoute, invalid, notFound } from '../../http/index.ts';
import { insertLostReason, listLostReasons, orderLostReasons, updateLostReason } from './lost-reason.repository.ts';
import { named } from './settings-change.ts';

const tag = 'Pipelines';

async function find(runner: SqlRunner, id: string): Promise<LostReason> {
  const [reason] = await listLostReasons(runner, { id, withArchived: true });
  if (!reason) throw notFound('lost reason');
  return reason;
}

/** Why records are lost, in words that can be counted. */
export function lostReasonRoutes({ database }: Dependencies): AnyRoute[] {
  const audit = (tx: Tx, actor: Actor, action: string, after: LostReason, before?: LostReason) =>
    recordAudit(tx.sql, actor, { action, entity: 'lost-reason', entityId: after.id, before, after });
  return [
    defineRoute({
      method: 'get',
      path: '/lost-reasons',
      operationId: 'listLostReasons',
      tag,
      summary: 'Reasons to choose from when a record is lost',
      access: 'signed-in',
      query: lostReasonQuery,
      responses: { 200: lostReasonListSchema },
      async handler({ query }) {
        const filter = { entity: query.entity, withArchived: query.archived ?? false };
        return { body: { items: await listLostReasons(database.sql, filter), nextCursor: null } };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/lost-reasons',
      operationId: 'createLostReason',
      tag,
      summary: 'Add a reason',
      access: 'pipeline.manage',
      body: lostReasonCreateSchema,
      responses: { 201: lostReasonSchema },
      handler: ({ actor, body }) =>
        database.transaction(async (tx) => {
          const id = await named('/label', 'a reason', () => insertLostReason(tx.sql, body));
          const reason = await find(tx.sql, id);
          await audit(tx, actor, 'lost-reason.created', reason);
          return { status: 201, body: reason };
        }),
    }),
    defineRoute({
      method: 'patch',
      path: '/lost-reasons/:id',
      operationId: 'updateLostReason',
      tag,
      summary: 'Reword a reason, or take it out of the choice and back; records that have it keep it',
      access: 'pipeline.manage',
      params: idParams,
      body: lostReasonUpdateSchema,
      responses: { 200: lostReasonSchema },
      handler: ({ actor, params, body }) =>
        database.transaction(async (tx) => {
          const before = await find(tx.sql, params.id);
          await named('/label', 'a reason', () => updateLostReason(tx.sql, params.id, body));
          const after = await find(tx.sql, params.id);
          await audit(tx, actor, 'lost-reason.updated', after, before);
          return { body: after };
        }),
    }),
    defineRoute({
      method: 'put',
      path: '/lost-reasons',
      operationId: 'orderLostReasons',
      tag,
      summary: 'Put the reasons of leads or opportunities in order',
      access: 'pipeline.manage',
      body: lostReasonOrderSchema,
      responses: { 200: lostReasonListSchema },
      handler: ({ actor, body: { entity, ids } }) =>
        database.transaction(async (tx) => {
          const before = await listLostReasons(tx.sql, { entity, withArchived: false });
          const isSame = before.length === ids.length && before.every(({ id }) => ids.includes(id));
          if (!isSame) throw invalid('/ids', 'must name every reason once');
          await orderLostReasons(tx.sql, entity, ids);
          await recordAudit(tx.sql, actor, {
            action: 'lost-reason.ordered',
            entity: 'lost-reason',
            entityId: null,
            before: before.map(({ label }) => label),
            after: ids.map((id) => before.find((reason) => reason.id === id)?.label),
          });
          return { body: { items: await listLostReasons(tx.sql, { entity, withArchived: false }), nextCursor: null } };
        }),
    }),
  ];
}
