import { SalesPulseKanban } from './kanban.ts';

if (!customElements.get('salespulse-kanban')) customElements.define('salespulse-kanban', SalesPulseKanban);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-kanban': SalesPulseKanban;
  }
}
