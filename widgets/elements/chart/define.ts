import { SalesPulseChart } from './chart.ts';

if (!customElements.get('salespulse-chart')) customElements.define('salespulse-chart', SalesPulseChart);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-chart': SalesPulseChart;
  }
}
