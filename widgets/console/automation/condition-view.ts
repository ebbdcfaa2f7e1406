import { html, nothing } from 'lit';
import type { AutomationCatalogue, ConditionOperator, RuleCondition } from '../../../backend/contracts/automation.ts';
import { icon } from '../parts/icons.ts';
import { t } from '../text.ts';
import { newCondition } from './draft.ts';
import { manyInput, selectInput, textInput } from './inputs.ts';
import { choicesOf } from './options.ts';

const NO_VALUE: readonly ConditionOperator[] = ['empty', 'filled', 'yes', 'no'];

/** One condition, by menus. `change` with null takes it away. */
export function conditionView(
  condition: RuleCondition,
  index: number,
  catalogue: AutomationCatalogue,
  problem: string | undefined,
  change: (condition: RuleCondition | null) => void,
): unknown {
  const { fields } = catalogue;
  const field = fields.find(({ name }) => name === condition.field);
  const id = `condition-${index}`;
  return html`<div class="rule-row" role="group" aria-describedby=${problem ? `${id}-problem` : nothing}>
    ${selectInput(
      { label: t('editor.field'), id: `${id}-field` },
      condition.field,
      fields.map(({ name, label }) => ({ value: name, label })),
      (name) => change(newCondition(fields.find((one) => one.name === name))),
    )}
    ${selectInput(
      { label: t('editor.operator'), id: `${id}-operator` },
      condition.operator,
      (field?.operators ?? []).map((value) => ({ value, label: t(`operator.${value}`) })),
      (operator) => change(withOperator(condition, operator as ConditionOperator)),
    )}
    ${valueView(condition, id, catalogue, change)}
    <button type="button" class="icon-button rule-remove" aria-label=${t('editor.removeCondition', { number: index + 1 })} @click=${() => change(null)}>${icon('trash')}</button>
    ${problem ? html`<p class="field-problem" id="${id}-problem">${problem}</p>` : nothing}
  </div>`;
}

/** Values stay where they still mean something. */
function withOperator(condition: RuleCondition, operator: ConditionOperator): RuleCondition {
  const isSameShape = shapeOf(operator) === shapeOf(condition.operator);
  return { ...condition, operator, values: isSameShape ? condition.values : [] };
}

function shapeOf(operator: ConditionOperator): string {
  if (NO_VALUE.includes(operator)) return 'none';
  return operator === 'any-of' || operator === 'none-of' || operator === 'contains' ? 'many' : 'one';
}

function valueView(
  condition: RuleCondition,
  id: string,
  catalogue: AutomationCatalogue,
  change: (condition: RuleCondition) => void,
): unknown {
  const { operator, values } = condition;
  if (NO_VALUE.includes(operator)) return nothing;
  const set = (next: string[]) => change({ ...condition, values: next });
  if (shapeOf(operator) === 'one') {
    return textInput({ label: t('editor.value'), id: `${id}-value`, type: 'number' }, values[0] ?? '', (text) =>
      set(text === '' ? [] : [text]),
    );
  }
  const field = catalogue.fields.find(({ name }) => name === condition.field);
  const choices = operator === 'contains' ? null : choicesOf(field, catalogue);
  if (choices) return manyInput({ label: t('editor.value'), id: `${id}-value` }, values, choices, set);
  return textInput({ label: t('editor.values'), id: `${id}-value` }, values.join(', '), (text) =>
    set(
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    ),
  );
}
