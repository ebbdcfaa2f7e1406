import type { MailTemplateCreate, MailTemplateWire } from '../../contracts/automation.ts';
import { type SqlRunner, sql } from '../../db/index.ts';

const columns = sql`m.id::text as id, m.name, m.subject, m.body, m.version, iso(m.updated_at) as "updatedAt",
  coalesce((
    select json_agg(json_build_object('id', r.id, 'name', r.name) order by r.name)
    from automation_rule r
    where r.deleted_at is null and jsonb_path_exists(r.actions, '$[*] ? (@.templateId == $id)',
      jsonb_build_object('id', m.id::text))), '[]'::json) as "usedBy"`;

export const listTemplates = (runner: SqlRunner): Promise<MailTemplateWire[]> =>
  runner.rows<MailTemplateWire>(sql`
    select ${columns} from mail_template m where m.deleted_at is null order by lower(m.name), m.id`);

export const findTemplate = (runner: SqlRunner, id: string): Promise<MailTemplateWire | undefined> =>
  runner.first<MailTemplateWire>(sql`
    select ${columns} from mail_template m where m.id = ${id}::uuid and m.deleted_at is null`);

/** The same, kept from changing until the transaction ends. */
export async function lockTemplate(runner: SqlRunner, id: string): Promise<MailTemplateWire | undefined> {
  await runner.rows(sql`select 1 as held from mail_template where id = ${id}::uuid for update`);
  return findTemplate(runner, id);
}

export async function insertTemplate(runner: SqlRunner, template: MailTemplateCreate): Promise<string> {
  const row = await runner.first<{ id: string }>(sql`
    insert into mail_template (name, subject, body, updated_at)
    values (${template.name}, ${template.subject}, ${template.body}, now()) returning id::text as id`);
  if (!row) throw new Error('insert of a mail template returned no row');
  return row.id;
}

export async function updateTemplate(runner: SqlRunner, id: string, template: MailTemplateCreate): Promise<void> {
  await runner.rows(sql`
    update mail_template set name = ${template.name}, subject = ${template.subject}, body = ${template.body},
      version = version + 1, updated_at = now() where id = ${id}::uuid`);
}

/** Its name is free again; runs under way still find it. */
export async function deleteTemplate(runner: SqlRunner, id: string): Promise<void> {
  await runner.rows(sql`
    update mail_template set deleted_at = now(), name = name || ' ' || id::text, version = version + 1, updated_at = now()
    where id = ${id}::uuid`);
}

export const isTemplateNameTaken = async (runner: SqlRunner, name: string, exceptId: string | null): Promise<boolean> =>
  (await runner.first(sql`
    select 1 as found from mail_template
    where lower(name) = lower(${name}) and deleted_at is null and id is distinct from ${exceptId}::uuid limit 1`)) !==
  undefined;
