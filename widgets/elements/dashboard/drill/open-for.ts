import type { SalesPulseElement } from '../../../base/element.ts';
import type { ChartDrill } from '../../chart/chart-types.ts';
import './define.ts';

/** Shows what is behind a figure of an element that stands by itself. */
export async function openFor(element: SalesPulseElement, drill: ChartDrill): Promise<void> {
  const { locale, timeZone, theme } = element.config;
  const dialog = document.createElement('salespulse-drill');
  Object.assign(dialog, { session: element.api.session, locale, timeZone, theme });
  dialog.addEventListener('salespulse-drill-closed', () => dialog.remove());
  document.body.append(dialog);
  await dialog.updateComplete;
  await dialog.open(drill);
}
