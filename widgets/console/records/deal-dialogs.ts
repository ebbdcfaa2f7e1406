import { html, type TemplateResult } from 'lit';
import type { Page } from '../../../backend/contracts/common.ts';
import type { LostReason } from '../../../backend/contracts/pipeline-settings.ts';
import type { PipelineEntity, Stage } from '../../../backend/contracts/pipelines.ts';
import type { App } from '../app.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { t } from '../text.ts';
import { namedOptions, type References } from './references.ts';

/** The reasons for losing that can be chosen now. */
export const lostReasons = async (app: App, entity: PipelineEntity): Promise<readonly LostReason[]> =>
  (await app.api.get<Page<LostReason>>('lost-reasons', { entity })).items;

interface DialogContext {
  app: App;
  isOpen: boolean;
  close: () => void;
  save: (body: FormValues) => Promise<void>;
}

interface Loss {
  lostReason: { id: string; name: string } | null;
  lostNote: string | null;
}

/** Says anew why a record was lost. */
export function lossDialog(
  { app, isOpen, close, save }: DialogContext,
  { lostReason, lostNote }: Loss,
  reasons: readonly LostReason[],
): TemplateResult {
  // One that nobody can choose any more stays chosen until another is.
  const known = lostReason && !reasons.some(({ id }) => id === lostReason.id) ? [lostReason] : [];
  const choices = [...known, ...reasons.map(({ id, label }) => ({ id, name: label }))];
  const fields: Field[] = [
    {
      name: 'lostReasonId',
      label: t('loss.reason'),
      kind: 'select',
      required: true,
      isWide: true,
      options: namedOptions(choices),
      emptyLabel: t('record.choose'),
    },
    { name: 'lostNote', label: t('loss.note'), kind: 'textarea', maxLength: 1000, isWide: true },
  ];
  return html`<salespulse-console-form-dialog .app=${app} .heading=${t('loss.change')} .isOpen=${isOpen} .onClose=${close}
    .fields=${fields} .values=${{ lostReasonId: lostReason?.id ?? null, lostNote }} .save=${save}></salespulse-console-form-dialog>`;
}

/** The stages of other pipelines that a record can go to; a won stage is entered from its own pipeline. */
export const otherStages = ({ pipelines }: References, pipelineId: string): { stage: Stage; label: string }[] =>
  pipelines
    .filter(({ id }) => id !== pipelineId)
    .flatMap(({ name, stages }) =>
      stages.filter(({ kind }) => kind !== 'won').map((stage) => ({ stage, label: `${name}: ${stage.name}` })),
    );

/** Asks where in another pipeline a record goes. */
export function pipelineDialog(
  { app, isOpen, close, save }: DialogContext,
  stages: ReturnType<typeof otherStages>,
): TemplateResult {
  const options = stages.map(({ stage, label }) => ({ value: stage.id, label }));
  const fields: Field[] = [
    { name: 'stageId', label: t('record.stage'), kind: 'select', required: true, isWide: true, options },
  ];
  return html`<salespulse-console-form-dialog .app=${app} .heading=${t('record.otherPipeline')} .isOpen=${isOpen} .onClose=${close}
    .fields=${fields} .values=${{ stageId: options[0]?.value ?? null }} .save=${save} .submitLabel=${t('record.otherPipeline.move')}></salespulse-console-form-dialog>`;
}
