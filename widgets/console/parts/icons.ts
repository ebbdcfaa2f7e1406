import { html, svg, type TemplateResult } from 'lit';

/** Outlines on a 24 px grid, drawn with the colour of the text. */
const paths = {
  dashboard: 'M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-4H4zM14 8h6V4h-6z',
  explore: 'M4 20V4M4 20h16M8 15l3-4 3 2 5-7',
  board: 'M4 4h5v16H4zM10 4h5v10h-5zM16 4h4v13h-4z',
  target: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 12h.5',
  funnel: 'M3 5h18l-7 8v6l-4 2v-8z',
  lead: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1.2-3.6 4.2-5 8-5s6.800 1.4 8 5',
  deal: 'M4 8h16v11H4zM9 8V5h6v3M4 13h16',
  account: 'M5 20V5l8-2v17M13 9l6 2v9M3 20h18M8 8h2M8 12h2M8 16h2M16 14h.5M16 17h.5',
  contact:
    'M4 5h16v14H4zM9 12.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6.500 16c.5-1.300 1.300-1.800 2.500-1.800s2 .5 2.500 1.800M14 10h3.500M14 14h3.500',
  task: 'M4 6l1.500 1.500L8 5M4 12.500L5.500 14 8 11.500M4 19l1.500 1.500L8 18M11 6.500h9M11 13h9M11 19.500h9',
  import: 'M12 3v11M8 10l4 4 4-4M4 16v4h16v-4',
  users:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM3 20c.8-3.500 3-5 6-5s5.200 1.500 6 5M15.500 4.500a3.300 3.300 0 0 1 0 6.300M17.500 15.300c1.900.7 3 2.200 3.500 4.700',
  role: 'M12 3l7 3v5c0 4.500-2.700 8-7 10-4.300-2-7-5.500-7-10V6zM9 12l2 2 4-4',
  embed: 'M8 7l-5 5 5 5M16 7l5 5-5 5M13.500 5l-3 14',
  team: 'M12 9a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM5.500 20a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM18.500 20a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM12 9v3M5.500 15v-3h13v3',
  audit: 'M6 3h12v18H6zM9 8h6M9 12h6M9 16h3',
  key: 'M8 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h9M18 12v3.500M15 12v2.500',
  door: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  health: 'M3 12h4l2-5 4 10 2.500-5H21',
  warning: 'M12 4l9 16H3zM12 10v5M12 17.500v.5',
  off: 'M5 12h14',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  menu: 'M4 6h16M4 12h16M4 18h16',
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 20.500h4',
  search: 'M10.500 17a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13zM15.500 15.500L20 20',
  down: 'M7 10l5 5 5-5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2.500M12 19.500V22M2 12h2.500M19.500 12H22M5 5l1.700 1.700M17.300 17.300L19 19M19 5l-1.700 1.700M6.700 17.300L5 19',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z',
  auto: 'M4 5h16v11H4zM9 20h6M12 16v4',
  phone: 'M6 3h3l1.500 5-2 1.500a12 12 0 0 0 6 6l1.500-2 5 1.500v3c0 1-1 2-2 2C11 20 4 13 4 5c0-1 1-2 2-2z',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  meeting: 'M5 6h14v14H5zM5 10.500h14M9 3.500V7M15 3.500V7',
  note: 'M6 3h9l4 4v14H6zM9 12h7M9 16h5',
  stage: 'M4 12h14M13 6l6 6-6 6',
  system: 'M12 8v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  tag: 'M4 4h8l8 8-8 8-8-8zM8 8h.5',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.500 11v5.500M13.500 11v5.500',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  bolt: 'M13 3L5 14h6l-1 7 8-11h-6z',
  logo: 'M3 13h4l2.500-7 4 13 3-9 1.500 3h3',
} as const;
export type IconName = keyof typeof paths;

/** An icon beside text: hidden from screen readers, so the text or an aria-label must say it. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d=${paths[name]}></path>`}</svg>`;
}
