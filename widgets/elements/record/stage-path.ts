import { html, nothing, type TemplateResult } from 'lit';
import type { Pipeline, Stage } from '../../../backend/contracts/pipelines.ts';
import type { SalesPulseElement } from '../../base/element.ts';

type StageRef = Pick<Stage, 'id' | 'name' | 'kind'>;

/** The stages of a pipeline as a path, the present one marked; a click moves the record where `move` is given. */
export function stagePath(
  host: SalesPulseElement,
  pipeline: Pipeline | null,
  current: StageRef,
  move: ((stage: StageRef) => void) | null,
): TemplateResult {
  const stages: readonly StageRef[] = pipeline?.stages ?? [current];
  const position = stages.findIndex(({ id }) => id === current.id);
  return html`<ol class="path" part="stages" aria-label=${host.t('record.stages')} tabindex=${move ? nothing : 0}>
    ${stages.map((stage, index) => {
      const isCurrent = stage.id === current.id;
      const isPassed = index < position && current.kind !== 'lost';
      const label = host.t(isCurrent ? 'record.inStage' : 'record.moveTo', { stage: stage.name });
      return html`<li class=${isCurrent ? `current ${stage.kind}` : isPassed ? 'passed' : ''}>
        <button type="button" aria-current=${isCurrent ? 'step' : nothing} aria-label=${move ? label : stage.name}
          ?disabled=${move === null} @click=${() => !isCurrent && move?.(stage)}><span>${stage.name}</span></button>
      </li>`;
    })}
  </ol>`;
}
