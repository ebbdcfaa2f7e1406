import { analyticsMessages } from '../../base/analytics-messages.ts';
import type { Messages } from '../../base/i18n.ts';

export const kpisMessages: Messages = {
  en: {
    ...analyticsMessages.en,
    region: 'Key figures',
    empty: 'No figures for this selection.',
    'change.up': 'up {amount}',
    'change.down': 'down {amount}',
    'change.same': 'unchanged',
    'change.better': 'better',
    'change.worse': 'worse',
    'change.points.one': '{amount} pt',
    'change.points.other': '{amount} pts',
    'change.versus': '{previous} before',
    'change.none': 'no earlier figure',
    compared: 'Compared with {from} to {to}.',
    target: '{share} of target {target}',
    hint: 'About {metric}',
  },
  de: {
    ...analyticsMessages.de,
    region: 'Kennzahlen',
    empty: 'Keine Kennzahlen für diese Auswahl.',
    'change.up': '{amount} mehr',
    'change.down': '{amount} weniger',
    'change.same': 'unverändert',
    'change.better': 'besser',
    'change.worse': 'schlechter',
    'change.points.one': '{amount} Punkt',
    'change.points.other': '{amount} Punkte',
    'change.versus': 'vorher {previous}',
    'change.none': 'kein früherer Wert',
    compared: 'Verglichen mit {from} bis {to}.',
    target: '{share} vom Ziel {target}',
    hint: 'Hinweis zu {metric}',
  },
};
