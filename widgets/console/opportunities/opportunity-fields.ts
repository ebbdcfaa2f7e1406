import { html } from 'lit';
import type { Opportunity } from '../../../backend/contracts/opportunities.ts';
import { type App, can } from '../app.ts';
import type { Field, FormValues } from '../parts/fields.ts';
import { customInputs, customInputValues } from '../records/custom-fields.ts';
import { dimensionFields, ownerField, stageField, tagsField } from '../records/deal-fields.ts';
import { customFacts, type Fact, moneyText, recordHref, recordLink } from '../records/facts.ts';
import { finder, type References } from '../records/references.ts';
import { t } from '../text.ts';

/** The inputs of an opportunity; a new one also chooses its stage. */
export function opportunityFields(app: App, references: References, opportunity: Opportunity | null): Field[] {
  const lookups = (['account', 'contact', 'product'] as const).filter((kind) => can(app.me, `${kind}.read`));
  return [
    { name: 'name', label: t('field.name'), kind: 'text', required: true, maxLength: 200, isWide: true },
    ...lookups.map(
      (kind): Field => ({
        name: `${kind}Id`,
        label: t(`field.${kind}`),
        kind: 'lookup',
        find: finder(app, `${kind}s`),
      }),
    ),
    { name: 'amount', label: t('field.amount'), kind: 'money', min: 0, currency: app.me.currency },
    {
      name: 'probability',
      label: t('field.probability'),
      kind: 'percent',
      min: 0,
      max: 100,
      ...(opportunity ? {} : { help: t('opportunity.probability.help') }),
    },
    { name: 'expectedCloseOn', label: t('field.expectedCloseOn'), kind: 'date' },
    ownerField(app.me, references.people, opportunity?.owner),
    ...(opportunity ? [] : [stageField(references)]),
    ...dimensionFields(references),
    { name: 'nextStep', label: t('field.nextStep'), kind: 'textarea', maxLength: 500, isWide: true },
    tagsField(),
    ...customInputs(app, references, opportunity?.custom),
  ];
}

/** An opportunity as the values of its inputs. */
export const opportunityValues = (opportunity: Opportunity): FormValues => ({
  ...opportunity,
  accountId: opportunity.account,
  contactId: opportunity.contact,
  productId: opportunity.product,
  ownerId: opportunity.owner?.id ?? null,
  ...customInputValues(opportunity.custom),
});

/** All that is known of an opportunity. */
export function opportunityFacts(app: App, references: References, opportunity: Opportunity): Fact[] {
  const { format } = app;
  const lead = opportunity.leadId && can(app.me, 'lead.read') ? opportunity.leadId : null;
  return [
    { label: t('field.account'), value: recordLink(app, 'account', opportunity.account) },
    { label: t('field.contact'), value: recordLink(app, 'contact', opportunity.contact) },
    { label: t('field.amount'), value: moneyText(app, opportunity.amount) },
    { label: t('field.probability'), value: format.percent(opportunity.probability, { decimals: 0 }) },
    opportunity.closedOn
      ? { label: t('field.closedOn'), value: format.day(opportunity.closedOn) }
      : {
          label: t('field.expectedCloseOn'),
          value: opportunity.expectedCloseOn && format.day(opportunity.expectedCloseOn),
        },
    { label: t('field.owner'), value: opportunity.owner?.name },
    { label: t('field.team'), value: opportunity.team?.name },
    { label: t('field.product'), value: opportunity.product?.name },
    { label: t('field.productCategory'), value: opportunity.productCategory },
    { label: t('field.source'), value: opportunity.source },
    { label: t('field.segment'), value: opportunity.segment },
    { label: t('field.region'), value: opportunity.region },
    { label: t('field.campaign'), value: opportunity.campaign },
    { label: t('field.lead'), value: lead && html`<a href=${recordHref('lead', lead)}>${t('field.leadOf')}</a>` },
    { label: t('field.nextStep'), value: opportunity.nextStep },
    { label: t('field.tags'), value: opportunity.tags.join(', ') },
    ...customFacts(app, references.custom, opportunity.custom, references.people),
  ];
}
