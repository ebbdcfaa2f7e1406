/**
 * Fields of records, by their names on the wire; owner and amount as the list on screen heads them. Short, as a
 * page is to hold a sale's fourteen columns: headings with currencies say which one figures are brought into.
 */
export const germanFields: Readonly<Record<string, string>> = {
  id: 'ID',
  name: 'Name',
  company: 'Firma',
  account: 'Firma',
  owner: 'Verantwortlich',
  team: 'Team',
  amount: 'Betrag',
  amountBase: 'Betrag umgerechnet',
  value: 'Wert',
  valueBase: 'Wert umgerechnet',
  cost: 'Kosten',
  costBase: 'Kosten umgerechnet',
  quantity: 'Menge',
  product: 'Produkt',
  productCategory: 'Produktkategorie',
  category: 'Kategorie',
  campaign: 'Kampagne',
  region: 'Region',
  segment: 'Segment',
  source: 'Quelle',
  stage: 'Phase',
  soldOn: 'Verkauft am',
  spentOn: 'Ausgegeben am',
  createdAt: 'Angelegt am',
  convertedAt: 'Umgewandelt am',
  closedOn: 'Abgeschlossen am',
  expectedCloseOn: 'Abschluss erwartet',
  opportunityId: 'Opportunity-ID',
};
