import { html, nothing, type TemplateResult } from 'lit';
import type { Pipeline, Stage } from '../../../backend/contracts/pipelines.ts';
import { t } from '../text.ts';

interface StageRef {
  id: string;
  name: string;
  kind: Stage['kind'];
}

/** The stage as a coloured word. */
export const stageBadge = ({ name, kind }: StageRef): TemplateResult =>
  html`<span class="badge badge-${kind}">${name}</span>`;

/** The stages as a path; a click moves the record there. */
export function stagePath(
  pipeline: Pipeline | undefined,
  current: StageRef,
  move: ((stage: Stage) => void) | null,
  isBusy: boolean,
): TemplateResult {
  const stages: readonly StageRef[] = pipeline?.stages ?? [current];
  const position = stages.findIndex(({ id }) => id === current.id);
  return html`<ol class="stage-path" aria-label=${t('record.stage')} tabindex=${move ? nothing : 0}>
    ${stages.map((stage, index) => {
      const isCurrent = stage.id === current.id;
      const state = isCurrent
        ? `is-current is-${stage.kind}`
        : index < position && current.kind !== 'lost'
          ? 'is-passed'
          : '';
      const label = isCurrent
        ? t('record.stage.current', { stage: stage.name })
        : t('record.stage.moveTo', { stage: stage.name });
      return html`<li class=${state}>
        <button type="button" aria-current=${isCurrent ? 'step' : nothing} aria-label=${move ? label : stage.name}
          ?disabled=${move === null || isBusy} @click=${() => !isCurrent && move?.(stage as Stage)}><span>${stage.name}</span></button>
      </li>`;
    })}
  </ol>`;
}
