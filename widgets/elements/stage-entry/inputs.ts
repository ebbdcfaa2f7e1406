import type { Me } from '../../../backend/contracts/auth.ts';
import type { Named, Page } from '../../../backend/contracts/common.ts';
import type { CustomField } from '../../../backend/contracts/fields.ts';
import type { LostReason } from '../../../backend/contracts/pipeline-settings.ts';
import type { PipelineEntity } from '../../../backend/contracts/pipelines.ts';
import type { ApiClient } from '../../base/api.ts';

type InputKind =
  | 'text'
  | 'longText'
  | 'number'
  | 'money'
  | 'date'
  | 'moment'
  | 'flag'
  | 'select'
  | 'checks'
  | 'lookup'
  | 'email'
  | 'tel'
  | 'url';

/** One thing that a stage asks for. */
export interface EntryInput {
  /** name of the wire; custom fields as custom.key */
  name: string;
  /** of a custom field; null: a message of the dialog's own says what it is */
  label: string | null;
  kind: InputKind;
  help: string | null;
  options: readonly Named[];
  currency: string;
  /** where a lookup finds what it can be set to */
  path: string | null;
}

const KINDS: Readonly<Record<string, InputKind>> = {
  email: 'email',
  phone: 'tel',
  value: 'money',
  amount: 'money',
  expectedCloseOn: 'date',
  ownerId: 'select',
  accountId: 'lookup',
  contactId: 'lookup',
  productId: 'lookup',
};
const PATHS: Readonly<Record<string, string>> = { accountId: 'accounts', contactId: 'contacts', productId: 'products' };
const CUSTOM_KINDS: Readonly<Record<CustomField['type'], InputKind>> = {
  text: 'text',
  'long-text': 'longText',
  number: 'number',
  money: 'money',
  date: 'date',
  'date-time': 'moment',
  boolean: 'flag',
  choice: 'select',
  'multi-choice': 'checks',
  url: 'url',
  email: 'email',
  phone: 'tel',
  user: 'select',
};

/** What the pointers of a refusal ask for: names of fields, and what no dialog can ask. */
export function askedBy(pointers: readonly string[]): { names: string[]; isUnanswerable: boolean } {
  const names = pointers.flatMap((pointer) => {
    if (pointer === '/lostReasonId') return ['lostReasonId'];
    const [, part, ...rest] = pointer.split('/');
    return part === 'fields' && rest.length > 0 ? [rest.join('.')] : [];
  });
  return { names, isUnanswerable: names.length < pointers.length };
}

/** The inputs for what is asked, with all that can be chosen in them. */
export async function inputsFor(
  api: ApiClient,
  entity: PipelineEntity,
  names: readonly string[],
): Promise<EntryInput[]> {
  const list = async <T>(path: string, query: Record<string, string> = {}): Promise<readonly T[]> =>
    (await api.get<Page<T>>(path, query)).items;
  const custom = names.some((name) => name.startsWith('custom.')) ? await list<CustomField>('fields', { entity }) : [];
  const fieldOf = (name: string) => custom.find(({ key }) => `custom.${key}` === name);
  const needsPeople = names.some((name) => name === 'ownerId' || fieldOf(name)?.type === 'user');
  const people = needsPeople ? await list<Named>('people') : [];
  const reasons = names.includes('lostReasonId') ? await list<LostReason>('lost-reasons', { entity }) : [];
  const { currency } = await api.get<Me>('me');
  const plain = { label: null, help: null, options: [], currency, path: null };
  return names.flatMap((name): EntryInput[] => {
    if (name === 'lostReasonId') {
      return [{ ...plain, name, kind: 'select', options: reasons.map(({ id, label }) => ({ id, name: label })) }];
    }
    if (!name.startsWith('custom.')) {
      const options = name === 'ownerId' ? people : [];
      return [{ ...plain, name, kind: KINDS[name] ?? 'text', options, path: PATHS[name] ?? null }];
    }
    const field = fieldOf(name);
    if (!field) return [];
    const chosen = field.options.map((option) => ({ id: option, name: option }));
    const options = field.type === 'user' ? people : chosen;
    return [{ ...plain, name, label: field.label, help: field.helpText, kind: CUSTOM_KINDS[field.type], options }];
  });
}

/** What an input holds, as the wire has it; null while it is empty. */
export function enteredValue(input: EntryInput, data: FormData): unknown {
  if (input.kind === 'checks') {
    const chosen = data.getAll(input.name).map(String);
    return chosen.length > 0 ? chosen : null;
  }
  const text = String(data.get(input.name) ?? '').trim();
  if (text === '') return null;
  switch (input.kind) {
    case 'money':
      return { amount: text, currency: input.currency };
    case 'number':
      return Number(text);
    case 'flag':
      return text === 'true';
    case 'moment':
      return new Date(text).toISOString();
    default:
      return text;
  }
}
