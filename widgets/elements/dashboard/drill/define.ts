import '../../export-menu/define.ts';
import { SalesPulseDrill } from './drill.ts';

if (!customElements.get('salespulse-drill')) customElements.define('salespulse-drill', SalesPulseDrill);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-drill': SalesPulseDrill;
  }
}
