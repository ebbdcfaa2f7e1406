import {
  type Actor,
  hiddenCustomOf,
  isAllowed,
  isFieldShown,
  type Permission,
  type Principal,
  recordAudit,
  scopeOf,
} from '../../access/index.ts';
import type { RecordType } from '../../contracts/common.ts';
import type {
  ConversionPreview,
  ConversionQuestion,
  CustomField,
  CustomFieldCreate,
  CustomFieldUpdate,
  FieldUsage,
} from '../../contracts/fields.ts';
import { isUniqueViolation, type SqlRunner, type Tx } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { forbidden, invalid, notFound, ProblemError, stale } from '../../http/index.ts';
import { changeField } from './change-field.ts';
import { planConversion, previewOf } from './conversion.ts';
import { checkedDefinition } from './definition.ts';
import { countFields, findUsage, insertField, lockField, markErased, updateField } from './field.repository.ts';
import { listFields, lockRecords } from './field-row.ts';
import { refuseRepeated } from './refuse-repeated.ts';
import { countValues, eraseValues, rebuildUniqueValues } from './values.repository.ts';

/** Of a kind of record; more make forms and statements that nobody can use. */
const MAX_FIELDS = 200;

/** The administrator's own fields. No change of one loses a value unless somebody erases it by name. */
export function createFieldService({ database, config }: Pick<Dependencies, 'database' | 'config'>) {
  const facts = { currency: config.currency, timeZone: config.timeZone };

  async function find(runner: SqlRunner, id: string): Promise<CustomField> {
    const [field] = await listFields(runner, { id });
    if (!field) throw notFound('field');
    return field;
  }

  /** The field, kept from changing. @throws 404 or 412 */
  async function lock(tx: Tx, id: string, version: number | null): Promise<CustomField> {
    await lockField(tx.sql, id);
    const field = await find(tx.sql, id);
    if (version !== null && field.version !== version) throw stale('field');
    return field;
  }

  const audit = (tx: Tx, actor: Actor, verb: string, before: unknown, after: unknown, id: string) =>
    recordAudit(tx.sql, actor, { action: `field.${verb}`, entity: 'field', entityId: id, before, after });

  return {
    /** The fields a person sees, in their order; `all`: those of others and archived ones too, for who manages them. */
    async list(principal: Principal, entity: RecordType | undefined, all: boolean): Promise<CustomField[]> {
      if (all && !isAllowed(principal, 'field.manage')) throw forbidden('manage fields');
      const fields = await listFields(database.sql, { entity });
      if (all) return fields;
      const reach = { fields: principal.fieldGroups };
      return fields.filter(
        ({ entity, key, archivedAt }) => archivedAt === null && isFieldShown(entity, `custom.${key}`, reach),
      );
    },

    async create(actor: Actor, input: CustomFieldCreate): Promise<CustomField> {
      try {
        return await database.transaction(async (tx) => {
          const { position = null, ...field } = await checkedDefinition(tx.sql, input);
          if ((await countFields(tx.sql, field.entity)) >= MAX_FIELDS) {
            throw new ProblemError('conflict', `There are ${MAX_FIELDS} fields already; erase one that nobody needs.`);
          }
          const id = await insertField(tx.sql, { ...field, position });
          const created = await find(tx.sql, id);
          await audit(tx, actor, 'created', undefined, created, id);
          return created;
        });
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        throw await takenKey(database.sql, input);
      }
    },

    /** What a change of type or options would do to the values. Examples are for who sees all those records whole. */
    async preview(principal: Principal, id: string, question: ConversionQuestion): Promise<ConversionPreview> {
      const field = await find(database.sql, id);
      const { type = field.type, options = field.options, renamedOptions = {} } = question;
      const to = await checkedDefinition(database.sql, { ...field, type, options, ...NOTHING_ELSE });
      const plan = await planConversion(database.sql, field, to, { ...facts, renamed: renamedOptions });
      const preview = await previewOf(database.sql, field, to, plan);
      const { kind } = scopeOf(principal, `${field.entity}.read` as Permission);
      const isShown =
        !hiddenCustomOf(principal.fieldGroups, field.entity).includes(field.key) || field.archivedAt !== null;
      return kind === 'all' && isShown ? preview : { ...preview, examples: [] };
    },

    update: (actor: Actor, id: string, input: CustomFieldUpdate, version: number | null): Promise<CustomField> =>
      database.transaction(async (tx) => {
        const before = await lock(tx, id, version);
        const { after, ...outcome } = await changeField(tx.sql, before, input, facts);
        await updateField(tx.sql, after);
        const stored = await find(tx.sql, id);
        await audit(tx, actor, 'updated', before, { ...stored, ...outcome }, id);
        return stored;
      }),

    async usage(id: string): Promise<FieldUsage> {
      const field = await find(database.sql, id);
      const [values, usage] = await Promise.all([countValues(database.sql, field), findUsage(database.sql, field)]);
      return { values, ...usage };
    },

    /** Out of sight everywhere; the values stay. */
    archive: (actor: Actor, id: string, version: number | null): Promise<CustomField> =>
      database.transaction(async (tx) => {
        const before = await lock(tx, id, version);
        if (before.archivedAt !== null) return before;
        await updateField(tx.sql, { ...before, archivedAt: new Date().toISOString() });
        const after = await find(tx.sql, id);
        await audit(tx, actor, 'archived', before, after, id);
        return after;
      }),

    /** Back in sight, with the values it had. */
    restore: (actor: Actor, id: string, version: number | null): Promise<CustomField> =>
      database.transaction(async (tx) => {
        const before = await lock(tx, id, version);
        if (before.archivedAt === null) return before;
        if (before.isUnique) {
          await lockRecords(tx.sql, before.entity);
          await refuseRepeated(tx.sql, before);
          await rebuildUniqueValues(tx.sql, before, true);
        }
        await updateField(tx.sql, { ...before, archivedAt: null });
        const after = await find(tx.sql, id);
        await audit(tx, actor, 'restored', before, after, id);
        return after;
      }),

    /** Erases the values of an archived field for good; its key is asked for so that nobody does it by a slip. */
    erase: (actor: Actor, id: string, key: string, version: number | null): Promise<{ erased: number }> =>
      database.transaction(async (tx) => {
        const field = await lock(tx, id, version);
        if (field.archivedAt === null) {
          throw new ProblemError('conflict', 'Archive the field first: only archived fields can be erased.');
        }
        if (key !== field.key) throw invalid('/key', `must be ${field.key}, the key of the field that is erased`);
        await lockRecords(tx.sql, field.entity);
        const erased = await eraseValues(tx.sql, field);
        await rebuildUniqueValues(tx.sql, field, false);
        await markErased(tx.sql, field);
        await audit(tx, actor, 'erased', field, { erased }, id);
        return { erased };
      }),
  };
}

/** A preview asks about type and options alone. */
const NOTHING_ELSE = { isUnique: false, isDimension: false, defaultValue: null, visibleTo: [] as string[] };

async function takenKey(runner: SqlRunner, { entity, key }: CustomFieldCreate): Promise<ProblemError> {
  const holder = (await listFields(runner, { entity })).find((field) => field.key === key);
  const why = !holder
    ? `An erased field was called ${key}, and the history still tells of it. Take another key.`
    : holder.archivedAt === null
      ? `There is already a field ${key} here.`
      : `An archived field is called ${key}. Restore it, or take another key.`;
  return new ProblemError('conflict', why, { errors: [{ pointer: '/key', message: 'is taken' }] });
}
