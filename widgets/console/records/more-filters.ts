import { html } from 'lit';
import type { Named } from '../../../backend/contracts/common.ts';
import type { CustomField } from '../../../backend/contracts/fields.ts';
import { ConsoleElement } from '../parts/console-element.ts';
import type { Field, FormValues, Option } from '../parts/fields.ts';
import type { Filter } from '../parts/filter-bar.ts';
import { t } from '../text.ts';
import { namedOptions } from './references.ts';

/** Filters that are typed or picked, by the kinds that have them. */
const dealNames = ['valueMin', 'valueMax', 'scoreMin', 'idleDays'] as const;
const dayNames = ['createdFrom', 'createdTo'] as const;
const dealDays = ['updatedFrom', 'updatedTo'] as const;
const closeDays = ['closeFrom', 'closeTo'] as const;

/** The typed filters of a kind of record, by their parameters. */
export function typedFilterNames(entity: CustomField['entity']): readonly string[] {
  if (entity === 'account' || entity === 'contact') return dayNames;
  return [...dealNames, ...dayNames, ...dealDays, ...(entity === 'opportunity' ? closeDays : [])];
}

/** The same as filters of the list: they show as chips. */
export const typedFilters = (entity: CustomField['entity']): Filter[] =>
  typedFilterNames(entity).map((name) => ({ name, label: t(`filter.${name}`), options: [], isFixed: true }));

/** Filters by custom fields that stand in the address. */
export function customFilters(query: URLSearchParams, custom: readonly CustomField[]): Filter[] {
  return [...new Set(query.keys())]
    .filter((name) => name.startsWith('custom.'))
    .map((name) => {
      const [, key, operator] = name.split('.');
      const label = custom.find((field) => field.key === key)?.label ?? key ?? name;
      return { name, label: labelOf(label, operator), options: yesNo(), isFixed: true };
    });
}

const yesNo = (): Option[] => [
  { value: 'true', label: t('record.yes') },
  { value: 'false', label: t('record.no') },
];

const labelOf = (label: string, operator: string | undefined): string => {
  if (operator === 'gte') return t('filter.from', { label });
  if (operator === 'lte') return t('filter.to', { label });
  return operator === 'contains' ? t('filter.contains', { label }) : label;
};

/** The inputs by which one asks for the values of a custom field. */
function customInputs({ key, label, type, options }: CustomField, people: readonly Named[]): Field[] {
  const name = `custom.${key}`;
  const select = (choices: readonly Option[]): Field[] => [
    { name, label, kind: 'select', options: choices, emptyLabel: t('record.choose') },
  ];
  const range = (kind: Field['kind']): Field[] => [
    { name: `${name}.gte`, label: t('filter.from', { label }), kind },
    { name: `${name}.lte`, label: t('filter.to', { label }), kind },
  ];
  switch (type) {
    case 'number':
    case 'money':
      return range('number');
    case 'date':
    case 'date-time':
      return range('date');
    case 'boolean':
      return select(yesNo());
    case 'choice':
    case 'multi-choice':
      return select(options.map((option) => ({ value: option, label: option })));
    case 'user':
      return select(namedOptions(people));
    default:
      return [{ name: `${name}.contains`, label: t('filter.contains', { label }), kind: 'text', maxLength: 200 }];
  }
}

/** A form's names may not hold dots where the form would take them for custom values of a record. */
const safe = (name: string): string => name.replaceAll('.', '~');

/** Filters that need more than a choice: values, days, and the administrator's fields. */
export class ConsoleMoreFilters extends ConsoleElement {
  static override properties = {
    entity: { attribute: false },
    isOpen: { attribute: false },
    query: { attribute: false },
    custom: { attribute: false },
    people: { attribute: false },
    onClose: { attribute: false },
    onApply: { attribute: false },
  };

  declare entity: CustomField['entity'];
  declare isOpen: boolean;
  declare query: string;
  declare custom: readonly CustomField[];
  declare people: readonly Named[];
  declare onClose: () => void;
  declare onApply: (changes: Record<string, string | null>) => void;

  constructor() {
    super();
    this.isOpen = false;
    this.query = '';
    this.custom = [];
    this.people = [];
  }

  protected override render() {
    const fields = this.#fields;
    const query = new URLSearchParams(this.query);
    const values: FormValues = Object.fromEntries(fields.map(({ name }) => [safe(name), query.get(name)]));
    return html`<salespulse-console-form-dialog .app=${this.app} .heading=${t('filter.more')} .isOpen=${this.isOpen}
      .fields=${fields.map((field) => ({ ...field, name: safe(field.name) }))} .values=${values}
      .submitLabel=${t('filter.apply')} .onClose=${this.onClose} .save=${this.#apply}></salespulse-console-form-dialog>`;
  }

  get #fields(): Field[] {
    const typed = typedFilterNames(this.entity).map(
      (name): Field => ({
        name,
        label: t(`filter.${name}`),
        kind: name.endsWith('From') || name.endsWith('To') ? 'date' : 'number',
      }),
    );
    return [...typed, ...this.custom.flatMap((field) => customInputs(field, this.people))];
  }

  readonly #apply = async (body: FormValues): Promise<void> => {
    const changes = this.#fields.map(({ name }): [string, string | null] => {
      const value = body[safe(name)];
      return [name, value === null || value === undefined ? null : String(value)];
    });
    this.onApply(Object.fromEntries(changes));
  };
}
