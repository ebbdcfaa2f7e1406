import '../export-menu/define.ts';
import '../filters/define.ts';
import { SalesPulseDashboard } from './dashboard.ts';

if (!customElements.get('salespulse-dashboard')) customElements.define('salespulse-dashboard', SalesPulseDashboard);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-dashboard': SalesPulseDashboard;
  }
}
