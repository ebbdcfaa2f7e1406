import { html, nothing, type TemplateResult } from 'lit';
import type { CustomField } from '../../../../backend/contracts/fields.ts';
import type { LostReason } from '../../../../backend/contracts/pipeline-settings.ts';
import type { Pipeline, PipelineEntity, Stage } from '../../../../backend/contracts/pipelines.ts';
import type { App } from '../../app.ts';
import { bodyOf, changesBetween, type Field, type FormValues } from '../../parts/fields.ts';
import { patchVersioned } from '../../parts/versioned.ts';
import { t } from '../../text.ts';
import { inUse, newStage, stageBody, stageFields } from './stage-fields.ts';

/** What the page's one dialog is about. */
export type Edited =
  | { about: 'pipeline'; pipeline: Pipeline | null }
  | { about: 'stage'; pipeline: Pipeline; stage: Stage | null }
  | { about: 'archive'; pipeline: Pipeline; stage: Stage | null; records: number }
  | { about: 'reason'; entity: PipelineEntity; reason: LostReason | null };

interface Surroundings {
  app: App;
  pipelines: readonly Pipeline[];
  custom: readonly CustomField[];
}

/** A form with what it sends; the sentence says that it is done. */
interface Content {
  heading: string;
  intro?: TemplateResult;
  fields: Field[];
  values: FormValues;
  submitLabel: string;
  save(body: FormValues): Promise<string>;
}

const entities: readonly PipelineEntity[] = ['lead', 'opportunity'];

function contentOf(edited: Edited, around: Surroundings): Content {
  switch (edited.about) {
    case 'pipeline':
      return pipelineContent(edited.pipeline, around);
    case 'stage':
      return stageContent(edited.pipeline, edited.stage, around);
    case 'archive':
      return archiveContent(edited, around);
    case 'reason':
      return reasonContent(edited, around);
    default:
      return edited satisfies never;
  }
}

function pipelineContent(pipeline: Pipeline | null, { app }: Surroundings): Content {
  const name: Field = {
    name: 'name',
    label: t('pipelines.name'),
    kind: 'text',
    required: true,
    maxLength: 60,
    isWide: true,
  };
  const asks: Field = { name: 'asksLostReason', label: t('pipelines.asksLostReason'), kind: 'checkbox', isWide: true };
  const standard: Field = { name: 'isDefault', label: t('pipelines.isDefault'), kind: 'checkbox', isWide: true };
  const entity: Field = {
    name: 'entity',
    label: t('pipelines.entity'),
    kind: 'select',
    options: entities.map((value) => ({ value, label: t(`pipelines.entity.${value}`) })),
  };
  const fields = pipeline ? [name, asks, ...(pipeline.isDefault ? [] : [standard])] : [entity, name, asks];
  return {
    heading: pipeline ? t('pipelines.editOne', { name: pipeline.name }) : t('pipelines.add'),
    fields,
    values: pipeline ? { ...pipeline } : { entity: 'opportunity' },
    submitLabel: t(pipeline ? 'form.save' : 'pipelines.add'),
    async save(body) {
      if (!pipeline) {
        await app.api.send('POST', 'pipelines', body);
        return t('pipelines.added', { name: String(body.name) });
      }
      const changes = changesBetween(bodyOf(fields, { ...pipeline }), body);
      if (changes.isDefault === false) delete changes.isDefault;
      if (Object.keys(changes).length > 0)
        await patchVersioned(app.api, `pipelines/${pipeline.id}`, changes, pipeline.version);
      return t('pipelines.saved', { name: String(body.name) });
    },
  };
}

function stageContent(pipeline: Pipeline, stage: Stage | null, { app, custom }: Surroundings): Content {
  const path = `pipelines/${pipeline.id}/stages`;
  return {
    heading: stage ? t('pipelines.editOne', { name: stage.name }) : t('stages.addTo', { name: pipeline.name }),
    fields: stageFields(pipeline, stage, custom),
    values: stage ? { ...stage } : newStage,
    submitLabel: t(stage ? 'form.save' : 'stages.add'),
    async save(body) {
      const name = String(body.name);
      if (stage) await patchVersioned(app.api, `${path}/${stage.id}`, stageBody(body), pipeline.version);
      else await app.api.send('POST', path, stageBody(body), { ifMatch: pipeline.version });
      return t(stage ? 'stages.saved' : 'stages.added', { name });
    },
  };
}

function archiveContent(
  { pipeline, stage, records }: Extract<Edited, { about: 'archive' }>,
  { app, pipelines }: Surroundings,
): Content {
  const { name } = stage ?? pipeline;
  const path = `pipelines/${pipeline.id}${stage ? `/stages/${stage.id}` : ''}/archive`;
  const others = stage
    ? inUse(pipeline).filter(({ id, kind }) => id !== stage.id && kind === stage.kind)
    : pipelines
        .filter(({ id, entity, archivedAt }) => id !== pipeline.id && entity === pipeline.entity && archivedAt === null)
        .flatMap((other) =>
          inUse(other)
            .filter(({ kind }) => kind === 'open')
            .map((target) => ({ id: target.id, name: `${other.name}: ${target.name}` })),
        );
  const empty = t(stage ? 'stages.archive.empty' : 'pipelines.archive.empty');
  const filled = stage ? t('stages.archive.text', { count: records }) : t('pipelines.archive.text');
  return {
    heading: t('pipelines.archiveOne', { name }),
    intro: html`<p>${records === 0 ? empty : filled}</p>`,
    fields:
      records === 0
        ? []
        : [
            {
              name: 'moveTo',
              label: t('pipelines.moveTo'),
              kind: 'select',
              options: others.map(({ id, name: label }) => ({ value: id, label })),
              isWide: true,
            },
          ],
    values: {},
    submitLabel: t('pipelines.archive'),
    async save(body) {
      await app.api.send('POST', path, body, { ifMatch: pipeline.version });
      return t('pipelines.archived.done', { name });
    },
  };
}

function reasonContent({ entity, reason }: Extract<Edited, { about: 'reason' }>, { app }: Surroundings): Content {
  const noun = t(`pipelines.entity.${entity}`);
  return {
    heading: reason ? t('pipelines.editOne', { name: reason.label }) : t('reasons.addTo', { entity: noun }),
    fields: [{ name: 'label', label: t('reasons.label'), kind: 'text', required: true, maxLength: 80, isWide: true }],
    values: reason ? { ...reason } : {},
    submitLabel: t(reason ? 'form.save' : 'reasons.add'),
    async save(body) {
      if (reason) await app.api.send('PATCH', `lost-reasons/${reason.id}`, body);
      else await app.api.send('POST', 'lost-reasons', { ...body, entity });
      return t('reasons.saved', { name: String(body.label) });
    },
  };
}

/** The dialog itself, closed while there is nothing to ask. */
export function dialogView(
  edited: Edited | null,
  around: Surroundings,
  { saved, close }: { saved: (sentence: string) => void; close: () => void },
): TemplateResult {
  const content = edited && contentOf(edited, around);
  return html`<salespulse-console-form-dialog .app=${around.app} .isOpen=${content !== null} .heading=${content?.heading ?? ''}
    .intro=${content?.intro ?? nothing} .fields=${content?.fields ?? []} .values=${content?.values ?? {}}
    .submitLabel=${content?.submitLabel ?? ''} .onClose=${close}
    .save=${async (body: FormValues) => {
      if (content) saved(await content.save(body));
    }}></salespulse-console-form-dialog>`;
}
