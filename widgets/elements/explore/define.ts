import '../chart/define.ts';
import { SalesPulseExplore } from './explore.ts';

if (!customElements.get('salespulse-explore')) customElements.define('salespulse-explore', SalesPulseExplore);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-explore': SalesPulseExplore;
  }
}
