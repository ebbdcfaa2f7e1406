import { describe, expect, it } from 'vitest';
import { mappingProblems } from '../../../widgets/console/imports/mapping-table.ts';
import { importMessages } from '../../../widgets/console/imports/messages.ts';
import { addMessages } from '../../../widgets/console/text.ts';

addMessages(importMessages);
const field = (key: string, label: string, required = false) => ({ key, label, required, isKey: false, help: '' });
const fields = [field('name', 'Name', true), field('stage', 'Stage'), field('amount', 'Amount')];

describe('mappingProblems', () => {
  it('has none when every required field has its column', () => {
    expect(mappingProblems(fields, { Title: 'name', Status: 'stage', Note: null })).toEqual([]);
  });

  it('names required fields without a column and fields with two', () => {
    expect(mappingProblems(fields, { A: 'stage', B: 'stage', C: null })).toEqual([
      'Name needs a column.',
      'Stage has more than one column.',
    ]);
  });
});
