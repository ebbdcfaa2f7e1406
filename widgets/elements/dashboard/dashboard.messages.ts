import type { Messages } from '../../base/i18n.ts';

export const dashboardMessages: Messages = {
  en: {
    none: 'This dashboard has no panels yet.',
    'view.funnel': 'From stage to stage',
    'view.velocity': 'How fast deals move',
    'view.health': 'Health of the pipeline',
    'view.changes': 'What changed in the pipeline',
    'view.ageing': 'How old deals are',
    tasks: 'My tasks',
  },
  de: {
    none: 'Dieses Dashboard hat noch keine Felder.',
    'view.funnel': 'Von Phase zu Phase',
    'view.velocity': 'Wie schnell Geschäfte vorankommen',
    'view.health': 'Zustand der Pipeline',
    'view.changes': 'Was sich in der Pipeline geändert hat',
    'view.ageing': 'Wie alt Geschäfte sind',
    tasks: 'Meine Aufgaben',
  },
};
