import { isFieldShown, type Principal, scopeOf } from '../access/index.ts';
import type { AutomationCatalogue } from '../contracts/automation.ts';
import type { Named } from '../contracts/common.ts';
import type { PipelineEntity } from '../contracts/pipelines.ts';
import { type SqlRunner, sql } from '../db/index.ts';
import { type CustomRuleField, type FieldKind, ruleFields } from './fields.ts';
import { placeholders } from './templates/placeholders.ts';

type Stages = AutomationCatalogue['stages'];

const listStages = (runner: SqlRunner, entity: PipelineEntity): Promise<Stages> =>
  runner.rows<Stages[number]>(sql`
    select s.id::text as id, s.name, s.kind, json_build_object('id', p.id, 'name', p.name) as pipeline
    from stage s join pipeline p on p.id = s.pipeline_id
    where p.entity = ${entity} and s.archived_at is null and p.archived_at is null
    order by p.is_default desc, p.position, p.name, s.position`);

const listCustomFields = (runner: SqlRunner, entity: PipelineEntity): Promise<CustomRuleField[]> =>
  runner.rows<CustomRuleField>(sql`
    select key, label, type, to_jsonb(options) as options, required
    from custom_field where entity = ${entity} and archived_at is null order by position, label`);

const listPeople = (runner: SqlRunner): Promise<Named[]> =>
  runner.rows<Named>(sql`
    select u.id::text as id, u.name from app_user u where u.status = 'active' order by lower(u.name), u.id`);

const listTeams = (runner: SqlRunner): Promise<Named[]> =>
  runner.rows<Named>(sql`select t.id::text as id, t.name from team t order by lower(t.name), t.id`);

const listTemplates = (runner: SqlRunner): Promise<Named[]> =>
  runner.rows<Named>(sql`
    select id::text as id, name from mail_template where deleted_at is null order by lower(name), id`);

/** What rules of an entity can be made of, as far as this person sees its fields. */
export async function loadCatalogue(
  runner: SqlRunner,
  principal: Principal,
  entity: PipelineEntity,
  { currency, timeZone }: { currency: string; timeZone: string },
): Promise<AutomationCatalogue> {
  const reach = scopeOf(principal, `${entity}.read`);
  // One after the other: a transaction has one connection.
  const fields = ruleFields(entity, await listCustomFields(runner, entity));
  return {
    fields: fields.filter(({ name }) => isFieldShown(entity, name, reach)),
    stages: await listStages(runner, entity),
    people: await listPeople(runner),
    teams: await listTeams(runner),
    templates: await listTemplates(runner),
    placeholders: placeholders.map(({ name, label }) => ({ name, label })),
    currency,
    timeZone,
  };
}

/** A field's name for people and what it holds. */
export async function findField(
  runner: SqlRunner,
  entity: PipelineEntity,
  name: string,
): Promise<{ kind: FieldKind | null; label: string }> {
  const custom = name.startsWith('custom.') ? await listCustomFields(runner, entity) : [];
  const field = ruleFields(entity, custom).find((one) => one.name === name);
  return { kind: field?.kind ?? null, label: field?.label ?? name.replace(/^custom\./, '') };
}

export async function findStageName(runner: SqlRunner, id: string): Promise<string> {
  const row = await runner.first<{ name: string }>(sql`select name from stage where id = ${id}::uuid`);
  return row?.name ?? 'that is not there any more';
}
