import { recordAudit } from '../access/index.ts';
import {
  activityCreateSchema,
  activityListQuery,
  activityPageSchema,
  activitySchema,
} from '../contracts/activities.ts';
import { idParams, type RecordType } from '../contracts/common.ts';
import type { Dependencies } from '../dependencies.ts';
import { type AnyRoute, defineRoute } from '../http/index.ts';
import { insertActivity, listActivities } from './activity.repository.ts';
import { assertReadable, assertWritable } from './record-access.ts';
import { recordPaths } from './record-paths.ts';

/** The activity log of records. */
export function activityRoutes(deps: Dependencies): AnyRoute[] {
  return recordPaths
    .filter(([, type]) => type !== 'contact')
    .flatMap(([path, type, noun]) => logRoutes(deps, path, type, noun));
}

function logRoutes({ database, clock }: Dependencies, path: string, type: RecordType, noun: string): AnyRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: `/${path}/:id/activities`,
      operationId: `list${noun}Activities`,
      tag: 'Activities',
      summary: `What happened with the ${type}, newest first`,
      access: `${type}.read`,
      params: idParams,
      query: activityListQuery,
      responses: { 200: activityPageSchema },
      async handler({ principal, params, query }) {
        await assertReadable(database.sql, principal, type, params.id);
        return { json: await listActivities(database.sql, { type, id: params.id }, query) };
      },
    }),
    defineRoute({
      method: 'post',
      path: `/${path}/:id/activities`,
      operationId: `log${noun}Activity`,
      tag: 'Activities',
      summary: 'Log a call, e-mail, meeting or note',
      access: `${type}.write`,
      params: idParams,
      body: activityCreateSchema,
      responses: { 201: activitySchema },
      async handler({ actor, params, body }) {
        const { json } = await database.transaction(async (tx) => {
          await assertWritable(tx.sql, actor.principal, type, params.id);
          const occurredAt = body.occurredAt ?? clock().toISOString();
          const created = await insertActivity(
            tx.sql,
            { type, id: params.id },
            actor.principal.userId,
            occurredAt,
            body,
          );
          await recordAudit(tx.sql, actor, {
            action: 'activity.logged',
            entity: type,
            entityId: params.id,
            after: JSON.parse(created.json),
          });
          return created;
        });
        return { status: 201, json };
      },
    }),
  ];
}
