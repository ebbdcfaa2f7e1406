import type { SalesPulseElement } from '../../../base/element.ts';
import './define.ts';

/** Shows a record that was activated in a list. */
export function openFor(element: SalesPulseElement, { entity, id }: { entity: string; id: string }): void {
  const { locale, timeZone, theme } = element.config;
  const dialog = document.createElement('salespulse-record-dialog');
  Object.assign(dialog, { session: element.api.session, locale, timeZone, theme, record: `${entity}:${id}` });
  document.body.append(dialog);
}
