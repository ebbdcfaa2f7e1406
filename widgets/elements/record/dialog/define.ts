import '../define.ts';
import { SalesPulseRecordDialog } from './dialog.ts';

if (!customElements.get('salespulse-record-dialog'))
  customElements.define('salespulse-record-dialog', SalesPulseRecordDialog);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-record-dialog': SalesPulseRecordDialog;
  }
}
