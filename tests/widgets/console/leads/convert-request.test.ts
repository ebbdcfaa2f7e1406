import { describe, expect, it } from 'vitest';
import type { Lead } from '../../../../backend/contracts/leads.ts';
import { convertRequestSchema } from '../../../../backend/contracts/opportunities.ts';
import { conversionRequest } from '../../../../widgets/console/leads/convert-request.ts';

const id = '01890000-0000-7000-8000-000000000001';
const lead = { name: 'Anna', email: 'anna@example.com', phone: null } as Lead;
const typed = {
  'account.name': 'Kestrel',
  'contact.name': 'Anna',
  'contact.email': 'anna@example.com',
  'contact.phone': null,
  'contact.title': null,
  'opportunity.name': 'Rollout',
  'opportunity.amount': null,
  'opportunity.expectedCloseOn': null,
  'opportunity.custom.seats': 40,
  'fields.source': 'Fair',
  'fields.custom.met_at': 'Web',
};

describe('the request of a conversion', () => {
  it('puts what was typed where the wire has it, and keeps an amount empty that was emptied', () => {
    const request = conversionRequest(lead, { account: 'new', contact: 'new', opportunity: 'new' }, typed);
    expect(request).toEqual({
      account: { name: 'Kestrel' },
      contact: { name: 'Anna', email: 'anna@example.com' },
      opportunity: { name: 'Rollout', amount: null, custom: { seats: 40 } },
      fields: { source: 'Fair', custom: { met_at: 'Web' } },
    });
    expect(convertRequestSchema.safeParse(request).success).toBe(true);
  });

  it('gives the new contact what the stage asks for of the lead', () => {
    const { 'contact.phone': _, ...asked } = { ...typed, 'fields.phone': '030 1' };
    const request = conversionRequest(lead, { account: 'new', contact: 'new', opportunity: 'none' }, asked);
    expect(request).toMatchObject({
      contact: { name: 'Anna', email: 'anna@example.com', phone: '030 1' },
      fields: { phone: '030 1' },
    });
  });

  it('makes a contact without an address where that was emptied', () => {
    const body = { 'account.name': 'Kestrel', 'contact.name': 'Anna', 'contact.email': null, 'contact.phone': null };
    const targets = { account: 'new', contact: 'new', opportunity: 'none' } as const;
    expect(conversionRequest(lead, targets, body)).toMatchObject({ contact: { name: 'Anna' } });
  });

  it('names what exists, and leaves the opportunity out where none is wanted', () => {
    const body = { 'account.id': id, 'contact.id': id };
    const targets = { account: 'existing', contact: 'existing', opportunity: 'none' } as const;
    expect(conversionRequest(lead, targets, body)).toEqual({ account: { id }, contact: { id } });
    const worked = conversionRequest(lead, { ...targets, opportunity: 'existing' }, { ...body, 'opportunity.id': id });
    expect(worked).toEqual({ account: { id }, contact: { id }, opportunityId: id });
    expect(convertRequestSchema.safeParse(worked).success).toBe(true);
  });

  it('leaves the person to the server where their address is hidden, unless another is typed', () => {
    const targets = { account: 'new', contact: 'new', opportunity: 'none' } as const;
    const hidden = { 'account.name': 'Kestrel', 'contact.name': 'Anna', 'contact.title': null };
    expect(conversionRequest(lead, targets, hidden)).toEqual({ account: { name: 'Kestrel' } });
    expect(conversionRequest(lead, targets, { ...hidden, 'contact.name': 'Otto' })).toMatchObject({
      contact: { name: 'Otto' },
    });
  });
});
