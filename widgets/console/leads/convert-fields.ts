import type { Lead } from '../../../backend/contracts/leads.ts';
import type { Stage } from '../../../backend/contracts/pipelines.ts';
import { type App, can, seesFields } from '../app.ts';
import { opportunityFields } from '../opportunities/opportunity-fields.ts';
import type { Field, FormValues, Option } from '../parts/fields.ts';
import { customDefaults } from '../records/custom-fields.ts';
import { finder, type References } from '../records/references.ts';
import { t } from '../text.ts';
import type { Targets } from './convert-request.ts';
import { leadFields, leadValues } from './lead-fields.ts';

export interface ConvertContext {
  app: App;
  lead: Lead;
  /** of leads */
  references: References;
  /** of opportunities; null until they are there */
  deals: References | null;
  targets: Targets;
  /** the stage that is chosen for the opportunity; null: the first one */
  stageId: string | null;
}

/** The inputs of a conversion; their names are the paths in its request. */
export function convertFields(context: ConvertContext): Field[] {
  const { app, targets } = context;
  const required = requiredOfLead(context);
  const isAsked = ({ name }: Field) => required.some((field) => field.name === name.replace('contact.', 'fields.'));
  return [
    ...required,
    ...(targets.account === 'new'
      ? [plain('account.name', t('convert.accountName'), 200, { required: true, isWide: true })]
      : [lookup(app, 'account')]),
    ...(targets.contact === 'new' ? personFields(app).filter((field) => !isAsked(field)) : [lookup(app, 'contact')]),
    ...(targets.opportunity === 'new' ? dealFields(context) : []),
    ...(targets.opportunity === 'existing' ? [openDeal(app)] : []),
  ];
}

const plain = (name: string, label: string, maxLength: number, more: Partial<Field> = {}): Field => ({
  ...{ name, label, kind: 'text', maxLength },
  ...more,
});

const lookup = (app: App, kind: 'account' | 'contact'): Field => ({
  name: `${kind}.id`,
  label: t(`field.${kind}`),
  kind: 'lookup',
  required: true,
  isWide: true,
  find: finder(app, `${kind}s`),
});

/** What is being worked on already; what is over can't be the lead's any more. */
const openDeal = (app: App): Field => ({
  name: 'opportunity.id',
  label: t('field.opportunity'),
  kind: 'lookup',
  required: true,
  isWide: true,
  find: finder(app, 'opportunities', { stageKind: 'open' }),
});

/** What the stage of converted leads asks for, as far as the lead does not have it yet. */
function requiredOfLead({ app, lead, references }: ConvertContext): Field[] {
  const stages = references.pipelines.find(({ id }) => id === lead.pipelineId)?.stages ?? [];
  const target = stages.find(({ kind }) => kind === 'won');
  const asked = target?.requiredFields ?? [];
  const values = leadValues(lead);
  return leadFields(app, references, lead)
    .filter(({ name }) => asked.includes(name) && isEmpty(values[name]))
    .map((field) => ({
      ...field,
      name: `fields.${field.name}`,
      required: field.kind !== 'checkbox',
      help: field.help ?? t('convert.askedBy', { stage: target?.name ?? '' }),
    }));
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function personFields(app: App): Field[] {
  return [
    plain('contact.name', t('convert.contactName'), 200, { required: true }),
    ...(seesFields(app.me, 'personal')
      ? [
          plain('contact.email', t('field.email'), 254, { kind: 'email' }),
          plain('contact.phone', t('field.phone'), 50, { kind: 'tel' }),
        ]
      : []),
    plain('contact.title', t('convert.contactTitle'), 100),
  ];
}

/** The everyday inputs of the opportunity, and what its stage or the administrator asks for besides. */
function dealFields({ app, lead, deals, stageId }: ConvertContext): Field[] {
  const stages = openStages(deals);
  const asked = (stages.find(({ id }) => id === stageId) ?? stages[0])?.requiredFields ?? [];
  const given = new Set([
    'name',
    'amount',
    'expectedCloseOn',
    'stageId',
    'accountId',
    'contactId',
    'probability',
    'tags',
  ]);
  const inherited: FormValues = { ...lead, ownerId: lead.owner };
  const isAsked = (name: string) => asked.includes(name);
  const more = deals
    ? opportunityFields(app, deals, null)
        .filter(({ name, required }) => !given.has(name) && (isAsked(name) ? isEmpty(inherited[name]) : required))
        .map((field) => ({ ...field, name: `opportunity.${field.name}`, required: field.kind !== 'checkbox' }))
    : [];
  return [
    plain('opportunity.name', t('convert.opportunityName'), 200, { required: true, isWide: true }),
    {
      ...plain('opportunity.amount', t('field.amount'), 20, { kind: 'money', min: 0, currency: app.me.currency }),
      required: isAsked('amount'),
    },
    {
      name: 'opportunity.expectedCloseOn',
      label: t('field.expectedCloseOn'),
      kind: 'date',
      required: isAsked('expectedCloseOn'),
    },
    ...(stages.length > 0
      ? [
          {
            name: 'opportunity.stageId',
            label: t('record.stage'),
            kind: 'select',
            options: stageOptions(deals),
          } as const,
        ]
      : []),
    ...more,
  ];
}

const openStages = (deals: References | null): Stage[] =>
  (deals?.pipelines ?? []).flatMap(({ stages }) => stages.filter(({ kind }) => kind === 'open'));

/** Every stage where an opportunity can begin, with its pipeline where there are several. */
function stageOptions(deals: References | null): Option[] {
  const pipelines = deals?.pipelines ?? [];
  return pipelines.flatMap(({ name: pipeline, stages }) =>
    stages
      .filter(({ kind }) => kind === 'open')
      .map(({ id, name }) => ({ value: id, label: pipelines.length > 1 ? `${pipeline}: ${name}` : name })),
  );
}

/** What the inputs start with. */
export function convertValues({ lead, deals }: Pick<ConvertContext, 'lead' | 'deals'>): FormValues {
  const defaults = Object.entries(customDefaults(deals?.custom ?? []));
  return {
    'account.name': lead.company ?? lead.name,
    'contact.name': lead.name,
    'contact.email': lead.email,
    'contact.phone': lead.phone,
    'opportunity.name': [lead.company ?? lead.name, lead.productCategory].filter(Boolean).join(' – '),
    'opportunity.amount': lead.value,
    ...Object.fromEntries(defaults.map(([name, value]) => [`opportunity.${name}`, value])),
  };
}

/** What can be chosen: somebody who doesn't see accounts or contacts can only make new ones. */
export function targetsFor(app: App, kind: keyof Targets): readonly Targets[typeof kind][] {
  if (kind === 'opportunity') return can(app.me, 'opportunity.write') ? ['new', 'existing', 'none'] : ['none'];
  return can(app.me, `${kind}.read`) ? ['new', 'existing'] : ['new'];
}
