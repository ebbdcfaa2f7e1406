import '../export-menu/define.ts';
import '../filters/define.ts';
import { SalesPulseDashboard } from './dashboard.ts';
import { fetchAhead } from './panel-view.ts';

if (!customElements.get('salespulse-dashboard')) customElements.define('salespulse-dashboard', SalesPulseDashboard);
fetchAhead();

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-dashboard': SalesPulseDashboard;
  }
}
