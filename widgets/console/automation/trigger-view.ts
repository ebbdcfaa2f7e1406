import { html, nothing } from 'lit';
import type { AutomationCatalogue, RuleTrigger } from '../../../backend/contracts/automation.ts';
import { t } from '../text.ts';
import { newTrigger, triggerKinds } from './draft.ts';
import { selectInput, textInput } from './inputs.ts';
import { stageOptions } from './options.ts';

const types = (values: readonly string[]) => [
  { value: '', label: t('editor.any') },
  ...values.map((value) => ({ value, label: t(`ruleType.${value}`) })),
];

/** What sets the rule off, by menus. */
export function triggerView(
  trigger: RuleTrigger,
  catalogue: AutomationCatalogue,
  change: (trigger: RuleTrigger) => void,
): unknown {
  const kinds = triggerKinds.map((value) => ({ value, label: t(`trigger.${value}`) }));
  return html`<div class="rule-row">
    ${selectInput({ label: t('editor.trigger'), id: 'trigger-kind' }, trigger.on, kinds, (on) => change(newTrigger(on as RuleTrigger['on'], catalogue)))}
    ${details(trigger, catalogue, change)}
  </div>`;
}

function details(
  trigger: RuleTrigger,
  catalogue: AutomationCatalogue,
  change: (trigger: RuleTrigger) => void,
): unknown {
  switch (trigger.on) {
    case 'created':
      return nothing;
    case 'field-changed': {
      const fields = catalogue.fields.map(({ name, label }) => ({ value: name, label }));
      return selectInput({ label: t('editor.field'), id: 'trigger-field' }, trigger.field, fields, (field) =>
        change({ ...trigger, field }),
      );
    }
    case 'stage-entered':
      return selectInput(
        { label: t('editor.stage'), id: 'trigger-stage' },
        trigger.stageId ?? '',
        [{ value: '', label: t('editor.anyStage') }, ...stageOptions(catalogue)],
        (id) => change({ ...trigger, stageId: id || null }),
      );
    case 'activity-logged':
      return selectInput(
        { label: t('editor.type'), id: 'trigger-type' },
        trigger.type ?? '',
        types(['call', 'email', 'meeting', 'note']),
        (type) => change({ ...trigger, type: (type || null) as typeof trigger.type }),
      );
    case 'task-overdue':
      return selectInput(
        { label: t('editor.type'), id: 'trigger-type' },
        trigger.type ?? '',
        types(['call', 'email', 'meeting', 'to-do']),
        (type) => change({ ...trigger, type: (type || null) as typeof trigger.type }),
      );
    case 'no-activity':
      return textInput({ label: t('editor.days'), id: 'trigger-days', type: 'number' }, String(trigger.days), (days) =>
        change({ ...trigger, days: Number(days) }),
      );
    case 'score-crosses':
      return html`${selectInput(
        { label: t('editor.direction'), id: 'trigger-direction' },
        trigger.direction,
        [
          { value: 'up', label: t('trigger.up') },
          { value: 'down', label: t('trigger.down') },
        ],
        (direction) => change({ ...trigger, direction: direction as 'up' | 'down' }),
      )}
      ${textInput(
        { label: t('editor.threshold'), id: 'trigger-threshold', type: 'number' },
        String(trigger.threshold),
        (mark) => change({ ...trigger, threshold: Number(mark) }),
      )}`;
    case 'time-of-day':
      return hourView(trigger, catalogue, change);
    default:
      return trigger satisfies never;
  }
}

function hourView(
  trigger: Extract<RuleTrigger, { on: 'time-of-day' }>,
  { timeZone }: AutomationCatalogue,
  change: (trigger: RuleTrigger) => void,
): unknown {
  const toggle = (day: number, isOn: boolean) =>
    change({
      ...trigger,
      weekdays: isOn ? [...trigger.weekdays, day].sort() : trigger.weekdays.filter((one) => one !== day),
    });
  return html`${textInput({ label: t('editor.time', { zone: timeZone }), id: 'trigger-time', type: 'time' }, trigger.at, (at) => change({ ...trigger, at }))}
    <fieldset class="field choice rule-days"><legend>${t('editor.weekdays')}</legend>
      ${[1, 2, 3, 4, 5, 6, 7].map(
        (day) => html`<label class="check"><input type="checkbox" ?checked=${trigger.weekdays.includes(day)}
          @change=${(event: Event) => toggle(day, (event.target as HTMLInputElement).checked)} /><span>${t(`editor.weekday.${day}`)}</span></label>`,
      )}
    </fieldset>`;
}
