import type { Money } from '../../contracts/common.ts';
import type { FieldType } from '../../contracts/fields.ts';
import type { CustomValue } from './read-value.ts';

/** Between the choices of a multi-choice. */
const CHOICE_SEPARATOR = '; ';

/** A person as values of type `user` name them. */
export interface Person {
  id: string;
  name: string;
  email: string;
}

/** A stored value as a text that loses nothing: `1234.50 EUR`, `yes`, `A; B`, a person's name. Null: ''. */
export function textOfValue(type: FieldType, value: CustomValue, people: ReadonlyMap<string, Person>): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join(CHOICE_SEPARATOR);
  if (typeof value === 'object') return moneyText(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (type === 'user') return people.get(String(value))?.name ?? String(value);
  return String(value);
}

const moneyText = ({ amount, currency }: Money): string => `${amount} ${currency}`;
