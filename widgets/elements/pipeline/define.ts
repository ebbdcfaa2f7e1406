import { SalesPulsePipeline } from './pipeline.ts';

if (!customElements.get('salespulse-pipeline')) customElements.define('salespulse-pipeline', SalesPulsePipeline);

declare global {
  interface HTMLElementTagNameMap {
    'salespulse-pipeline': SalesPulsePipeline;
  }
}
