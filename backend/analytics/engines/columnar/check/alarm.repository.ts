import { type SqlRunner, sql, type Tx } from '../../../../db/index.ts';
import { postNotification } from '../../../../notify/index.ts';

/** Tells everybody who manages the installation, once a day however many processes find it. */
export async function tellAdministrators(tx: Pick<Tx, 'sql'>, today: string): Promise<void> {
  for (const { id } of await administrators(tx.sql)) {
    await postNotification(tx, {
      userId: id,
      kind: 'analytics-differ',
      title: 'The fast copy of the figures was wrong and is made anew',
      body: 'The daily check found a figure that differed from the database. Until the copy is made anew, figures come from the database itself and are right, only slower. The log of the server says what differed: please report it.',
      dedupeKey: `analytics-differ:${today}:${id}`,
    });
  }
}

const administrators = (runner: SqlRunner): Promise<{ id: string }[]> =>
  runner.rows(sql`
    select u.id::text as id from app_user u join role r on r.id = u.role_id
    where u.status = 'active' and coalesce(r.permissions ->> 'settings.manage', 'none') <> 'none'`);
