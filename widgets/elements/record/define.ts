import { defineParts } from './parts.ts';
import { SalesPulseRecord } from './record.ts';

defineParts();
if (!customElements.get('salespulse-record')) customElements.define('salespulse-record', SalesPulseRecord);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-record': SalesPulseRecord;
  }
}
