import { SalesPulseFilters } from './filters.ts';

if (!customElements.get('salespulse-filters')) customElements.define('salespulse-filters', SalesPulseFilters);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-filters': SalesPulseFilters;
  }
}
