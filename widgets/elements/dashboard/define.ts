import '../chart/define.ts';
import '../filters/define.ts';
import '../kpis/define.ts';
import { SalesPulseDashboard } from './dashboard.ts';
import { SalesPulseDrill } from './drill/drill.ts';

if (!customElements.get('salespulse-dashboard-drill'))
  customElements.define('salespulse-dashboard-drill', SalesPulseDrill);
if (!customElements.get('salespulse-dashboard')) customElements.define('salespulse-dashboard', SalesPulseDashboard);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-dashboard': SalesPulseDashboard;
    'salespulse-dashboard-drill': SalesPulseDrill;
  }
}
