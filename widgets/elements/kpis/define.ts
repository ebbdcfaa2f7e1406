import { SalesPulseKpis } from './kpis.ts';

if (!customElements.get('salespulse-kpis')) customElements.define('salespulse-kpis', SalesPulseKpis);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-kpis': SalesPulseKpis;
  }
}
