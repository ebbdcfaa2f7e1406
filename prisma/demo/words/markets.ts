import type { NameStyle } from './company-names.ts';
import type { Culture } from './people-names.ts';

/** A country the company sells in. */
export interface Market {
  country: string;
  region: string;
  /** name of the team that serves it */
  team: string;
  /** currency its customers like to be invoiced in; null: the company's own */
  currency: string | null;
  phone: string;
  /** legal forms after a company's name */
  forms: string[];
  style: NameStyle;
  cultures: Culture[];
  /** share of the business */
  size: number;
}

/** Every team with the region it answers for. */
export const TEAMS = [
  { name: 'EMEA North', region: 'EMEA' },
  { name: 'EMEA South', region: 'EMEA' },
  { name: 'Americas', region: 'North America' },
  { name: 'Asia Pacific', region: 'Asia Pacific' },
] as const;
export const COMPANY = 'Fernhill Systems';

type Row = [string, string, string, string | null, string, string, NameStyle, Culture[], number];
const row = ([country, region, team, currency, phone, forms, style, cultures, size]: Row): Market => ({
  country,
  region,
  team,
  currency,
  phone,
  forms: forms.split('|'),
  style,
  cultures,
  size,
});

export const MARKETS: Market[] = [
  row(['Germany', 'EMEA', 'EMEA North', 'EUR', '+49', 'GmbH|AG|GmbH & Co. KG', 'de', ['de', 'de', 'de', 'ar'], 16]),
  row(['United Kingdom', 'EMEA', 'EMEA North', 'GBP', '+44', 'Ltd|plc|Group', 'en', ['en', 'en', 'in', 'za'], 11]),
  row(['Netherlands', 'EMEA', 'EMEA North', 'EUR', '+31', 'B.V.|N.V.', 'de', ['de', 'nordic'], 4]),
  row(['Sweden', 'EMEA', 'EMEA North', 'EUR', '+46', 'AB', 'nordic', ['nordic'], 4]),
  row(['Denmark', 'EMEA', 'EMEA North', 'EUR', '+45', 'A/S|ApS', 'nordic', ['nordic'], 3]),
  row(['Norway', 'EMEA', 'EMEA North', 'EUR', '+47', 'AS', 'nordic', ['nordic'], 2]),
  row(['France', 'EMEA', 'EMEA South', 'EUR', '+33', 'SAS|SA|SARL', 'fr', ['fr', 'fr', 'ar'], 9]),
  row(['Italy', 'EMEA', 'EMEA South', 'EUR', '+39', 'S.p.A.|S.r.l.', 'it', ['it'], 6]),
  row(['Spain', 'EMEA', 'EMEA South', 'EUR', '+34', 'S.A.|S.L.', 'es', ['es'], 5]),
  row(['Switzerland', 'EMEA', 'EMEA South', 'CHF', '+41', 'AG|SA', 'de', ['de', 'fr', 'it'], 6]),
  row(['Portugal', 'EMEA', 'EMEA South', 'EUR', '+351', 'Lda|S.A.', 'pt', ['pt'], 2]),
  row(['United Arab Emirates', 'EMEA', 'EMEA South', 'USD', '+971', 'LLC', 'ar', ['ar', 'in', 'en'], 2]),
  row(['South Africa', 'EMEA', 'EMEA South', 'USD', '+27', '(Pty) Ltd', 'en', ['za', 'za', 'en'], 1.5]),
  row([
    'United States',
    'North America',
    'Americas',
    'USD',
    '+1',
    'Inc.|LLC|Corp.',
    'en',
    ['en', 'en', 'es', 'zh'],
    18,
  ]),
  row(['Canada', 'North America', 'Americas', 'USD', '+1', 'Inc.|Ltd.', 'en', ['en', 'fr', 'in'], 4]),
  row(['Mexico', 'Latin America', 'Americas', 'USD', '+52', 'S.A. de C.V.', 'es', ['es'], 2.5]),
  row(['Brazil', 'Latin America', 'Americas', 'USD', '+55', 'Ltda.|S.A.', 'pt', ['pt'], 3]),
  row(['Japan', 'Asia Pacific', 'Asia Pacific', null, '+81', 'K.K.', 'ja', ['ja'], 4]),
  row(['Singapore', 'Asia Pacific', 'Asia Pacific', 'USD', '+65', 'Pte. Ltd.', 'zh', ['zh', 'in'], 3]),
  row(['Australia', 'Asia Pacific', 'Asia Pacific', 'USD', '+61', 'Pty Ltd', 'en', ['en', 'zh'], 4]),
  row(['India', 'Asia Pacific', 'Asia Pacific', 'USD', '+91', 'Pvt. Ltd.', 'in', ['in'], 4]),
];

export interface Segment {
  name: string;
  share: number;
  /** multiplies units of a deal */
  dealSize: number;
  employees: number;
  jobTitles: string[];
}

export const SEGMENTS: Segment[] = [
  {
    name: 'Enterprise',
    share: 0.2,
    dealSize: 2,
    employees: 3800,
    jobTitles: [
      'VP Operations',
      'Head of Procurement',
      'Director of Facilities',
      'Chief Information Officer',
      'Programme Manager',
    ],
  },
  {
    name: 'Mid-market',
    share: 0.45,
    dealSize: 1,
    employees: 420,
    jobTitles: ['Operations Manager', 'Plant Manager', 'Head of Quality', 'IT Manager', 'Purchasing Manager'],
  },
  {
    name: 'Small business',
    share: 0.35,
    dealSize: 0.5,
    employees: 45,
    jobTitles: ['Managing Director', 'Owner', 'Office Manager', 'Maintenance Lead', 'Quality Officer'],
  },
];

export interface Source {
  name: string;
  share: number;
  /** added to the log-odds of converting */
  quality: number;
  /** share of the marketing budget */
  budget: number;
  /** recurring campaigns; the year or quarter is appended */
  campaigns: string[];
}

export const SOURCES: Source[] = [
  { name: 'Website', share: 0.27, quality: 0, budget: 0.1, campaigns: [] },
  {
    name: 'Paid search',
    share: 0.18,
    quality: -0.35,
    budget: 0.27,
    campaigns: ['Search: monitoring', 'Search: cold chain'],
  },
  { name: 'Referral', share: 0.11, quality: 0.8, budget: 0.04, campaigns: [] },
  { name: 'Partner', share: 0.11, quality: 0.5, budget: 0.1, campaigns: ['Installer programme'] },
  { name: 'Trade fair', share: 0.1, quality: 0.25, budget: 0.25, campaigns: ['Spring fair', 'Autumn fair'] },
  {
    name: 'Webinar',
    share: 0.09,
    quality: 0.05,
    budget: 0.08,
    campaigns: ['Webinar: energy savings', 'Webinar: audit-ready'],
  },
  { name: 'Social media', share: 0.08, quality: -0.6, budget: 0.12, campaigns: ['Customer stories'] },
  { name: 'Outbound', share: 0.06, quality: -0.2, budget: 0.04, campaigns: [] },
];
