import { html, nothing } from 'lit';
import type { AutomationCatalogue, RuleAction } from '../../../backend/contracts/automation.ts';
import { t } from '../text.ts';
import type { CatalogueField } from './draft.ts';
import { manyInput, selectInput, textInput } from './inputs.ts';
import { choicesOf } from './options.ts';

type SetField = Extract<RuleAction, { do: 'set-field' }>;
type Value = SetField['value'];
type Way = 'value' | 'empty' | 'inDays';

/** A field and what it is set to. */
export function setFieldView(
  action: SetField,
  id: string,
  catalogue: AutomationCatalogue,
  change: (action: SetField) => void,
): unknown {
  const fields = catalogue.fields.filter(({ canSet }) => canSet);
  const field = fields.find(({ name }) => name === action.field);
  const way = wayOf(action.value);
  const ways: Way[] = [
    'value',
    ...(field?.kind === 'day' || field?.kind === 'moment' ? (['inDays'] as const) : []),
    ...(field?.isNullable ? (['empty'] as const) : []),
  ];
  return html`${selectInput(
    { label: t('editor.field'), id: `${id}-field` },
    action.field,
    fields.map(({ name, label }) => ({ value: name, label })),
    (name) =>
      change({
        ...action,
        field: name,
        value: startOf(
          'value',
          fields.find((one) => one.name === name),
          catalogue,
        ),
      }),
  )}
  ${
    ways.length === 1
      ? nothing
      : selectInput(
          { label: t('editor.setHow'), id: `${id}-way` },
          way,
          ways.map((value) => ({ value, label: t(`editor.setHow.${value}`) })),
          (next) => change({ ...action, value: startOf(next as Way, field, catalogue) }),
        )
  }
  ${way === 'empty' ? nothing : valueView(action, field, id, catalogue, change)}`;
}

function wayOf(value: Value): Way {
  if (value === null) return 'empty';
  return typeof value === 'object' && !Array.isArray(value) && 'inDays' in value ? 'inDays' : 'value';
}

function startOf(way: Way, field: CatalogueField | undefined, catalogue: AutomationCatalogue): Value {
  if (way === 'empty') return null;
  if (way === 'inDays') return { inDays: 7 };
  switch (field?.kind) {
    case 'boolean':
      return true;
    case 'many':
      return [];
    case 'number':
      return 0;
    case 'money':
      return field.name.startsWith('custom.') ? '' : { amount: '', currency: catalogue.currency };
    default:
      return choicesOf(field, catalogue)?.[0]?.value ?? '';
  }
}

function valueView(
  action: SetField,
  field: CatalogueField | undefined,
  id: string,
  catalogue: AutomationCatalogue,
  change: (action: SetField) => void,
): unknown {
  const { value } = action;
  const label = { label: t('editor.setTo'), id: `${id}-value` };
  const set = (next: Value) => change({ ...action, value: next });
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    if ('inDays' in value) {
      const inDays = { label: t('editor.inDays'), id: `${id}-value`, type: 'number' };
      return textInput(inDays, String(value.inDays), (text) => set({ inDays: Number(text) }));
    }
    return textInput(
      { ...label, label: `${label.label} (${value.currency})`, type: 'number' },
      value.amount,
      (amount) => set({ ...value, amount }),
    );
  }
  if (field?.kind === 'boolean') {
    const options = [
      { value: 'true', label: t('editor.yes') },
      { value: 'false', label: t('editor.no') },
    ];
    return selectInput(label, String(value), options, (text) => set(text === 'true'));
  }
  const choices = choicesOf(field, catalogue);
  if (field?.kind === 'many') return manyInput(label, Array.isArray(value) ? value : [], choices ?? [], set);
  if (choices) return selectInput(label, String(value), choices, set);
  if (field?.kind === 'number')
    return textInput({ ...label, type: 'number' }, String(value), (text) => set(Number(text)));
  return textInput(
    { ...label, type: field?.kind === 'day' ? 'date' : field?.kind === 'money' ? 'number' : 'text' },
    String(value),
    set,
  );
}
