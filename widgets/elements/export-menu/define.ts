import { SalesPulseExportMenu } from './export-menu.ts';

if (!customElements.get('salespulse-export-menu'))
  customElements.define('salespulse-export-menu', SalesPulseExportMenu);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-export-menu': SalesPulseExportMenu;
  }
}
