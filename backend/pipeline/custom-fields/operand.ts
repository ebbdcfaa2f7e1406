import { decimalSchema } from '../../contracts/common.ts';
import type { FieldRules } from './field-row.ts';
import { readValue } from './read-value.ts';

const OPERAND_MAX = 500;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** An operand as it is compared, always a text. */
type ReadOperand = { operand: string } | { problem: string };

/** Reads the operand of a filter, such as `10`, `true` or `me`. Money is meant in the company's currency. */
export function readOperand(field: FieldRules, text: string, userId: string): ReadOperand {
  if (text.length > OPERAND_MAX) return { problem: `must have at most ${OPERAND_MAX} characters` };
  switch (field.type) {
    case 'text':
    case 'long-text':
    case 'url':
    case 'email':
    case 'phone':
      return { operand: text.trim().toLowerCase() };
    case 'number':
    case 'money':
      return decimalSchema.safeParse(text).success ? { operand: text } : { problem: 'must be a number' };
    case 'boolean':
      return text === 'true' || text === 'false' ? { operand: text } : { problem: 'must be true or false' };
    case 'user':
      return stored(field, text === 'me' ? userId : text);
    case 'date-time':
      return stored(field, DAY.test(text) ? `${text}T00:00:00Z` : text);
    case 'multi-choice':
      return field.options.includes(text)
        ? { operand: text }
        : { problem: `must be one of: ${field.options.join(', ')}` };
    case 'date':
    case 'choice':
      return stored(field, text);
    default:
      return field.type satisfies never;
  }
}

function stored(field: FieldRules, text: string): ReadOperand {
  const read = readValue(field, text);
  return 'problem' in read ? read : { operand: String(read.value) };
}
