export const searchMessages = {
  'search.label': 'Search everything',
  'search.placeholder': 'Search (/)',
  'search.nothing': 'Nothing found',
  'search.close': 'similar',
  'search.lead': 'Lead',
  'search.opportunity': 'Opportunity',
  'search.account': 'Account',
  'search.contact': 'Contact',
};
