import { type Actor, recordAudit } from '../../access/index.ts';
import type { MailTemplateCreate, MailTemplateUpdate, MailTemplateWire } from '../../contracts/automation.ts';
import { isUniqueViolation, type SqlRunner } from '../../db/index.ts';
import type { Dependencies } from '../../dependencies.ts';
import { type FieldProblem, notFound, ProblemError, stale } from '../../http/index.ts';
import { unknownPlaceholders } from './placeholders.ts';
import {
  deleteTemplate,
  findTemplate,
  insertTemplate,
  isTemplateNameTaken,
  listTemplates,
  lockTemplate,
  updateTemplate,
} from './template.repository.ts';

/** Texts that rules fill in and send. */
export interface MailTemplates {
  list(): Promise<MailTemplateWire[]>;
  /** @throws ProblemError conflict for a name in use, invalid for an unknown placeholder */
  create(actor: Actor, input: MailTemplateCreate): Promise<MailTemplateWire>;
  /** @throws ProblemError the same; 404, 412 */
  update(actor: Actor, id: string, ifMatch: number | null, change: MailTemplateUpdate): Promise<MailTemplateWire>;
  /** @throws ProblemError conflict while a rule sends it */
  remove(actor: Actor, id: string, ifMatch: number | null): Promise<void>;
}

export function createMailTemplates({ database }: Dependencies): MailTemplates {
  return {
    list: () => listTemplates(database.sql),
    create: (actor, input) =>
      database.transaction(async (tx) => {
        assertPlaceholders(input);
        await assertNameFree(tx.sql, input.name, null);
        const id = await freeName(() => insertTemplate(tx.sql, input));
        const after = await existing(tx.sql, id);
        await audit(tx.sql, actor, 'created', null, after);
        return after;
      }),
    update: (actor, id, ifMatch, change) =>
      database.transaction(async (tx) => {
        const before = await locked(tx.sql, id, ifMatch);
        const template = {
          name: change.name ?? before.name,
          subject: change.subject ?? before.subject,
          body: change.body ?? before.body,
        };
        assertPlaceholders(template);
        await assertNameFree(tx.sql, template.name, id);
        await freeName(() => updateTemplate(tx.sql, id, template));
        const after = await existing(tx.sql, id);
        await audit(tx.sql, actor, 'changed', before, after);
        return after;
      }),
    remove: (actor, id, ifMatch) =>
      database.transaction(async (tx) => {
        const before = await locked(tx.sql, id, ifMatch);
        if (before.usedBy.length > 0) {
          const rules = new Intl.ListFormat('en').format(before.usedBy.map(({ name }) => `“${name}”`));
          throw new ProblemError(
            'conflict',
            `The template “${before.name}” is sent by ${rules}. Change these rules first.`,
          );
        }
        await deleteTemplate(tx.sql, id);
        await audit(tx.sql, actor, 'deleted', before, null);
      }),
  };
}

async function existing(runner: SqlRunner, id: string): Promise<MailTemplateWire> {
  const found = await findTemplate(runner, id);
  if (!found) throw notFound('mail template');
  return found;
}

async function locked(runner: SqlRunner, id: string, ifMatch: number | null): Promise<MailTemplateWire> {
  const found = await lockTemplate(runner, id);
  if (!found) throw notFound('mail template');
  if (ifMatch !== null && ifMatch !== found.version) throw stale('mail template');
  return found;
}

const nameTaken = (cause?: unknown): ProblemError =>
  new ProblemError('conflict', 'Another mail template has this name.', {
    errors: [{ pointer: '/name', message: 'is the name of another template' }],
    cause,
  });

async function assertNameFree(runner: SqlRunner, name: string, exceptId: string | null): Promise<void> {
  if (await isTemplateNameTaken(runner, name, exceptId)) throw nameTaken();
}

/** Two people may choose the same name at the same moment: then the table decides. */
async function freeName<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw isUniqueViolation(error) ? nameTaken(error) : error;
  }
}

function assertPlaceholders(template: MailTemplateCreate): void {
  const errors = (['subject', 'body'] as const).flatMap((part): FieldProblem[] => {
    const unknown = unknownPlaceholders(template[part]);
    if (unknown.length === 0) return [];
    return [{ pointer: `/${part}`, message: `has no such placeholder: ${unknown.slice(0, 5).join(', ')}` }];
  });
  if (errors.length > 0)
    throw new ProblemError('invalid', 'The template has placeholders that mean nothing.', { errors });
}

const audit = (
  runner: SqlRunner,
  actor: Actor,
  what: string,
  before: MailTemplateWire | null,
  after: MailTemplateWire | null,
): Promise<void> =>
  recordAudit(runner, actor, {
    action: `mail-template.${what}`,
    entity: 'mail-template',
    entityId: (after ?? before)?.id ?? null,
    before,
    after,
  });
