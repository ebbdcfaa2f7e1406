import { DAY_MS, type Span } from './calendar.ts';
import type { Product } from './model.ts';
import { randomFor } from './random.ts';

type Row = [
  name: string,
  sku: string,
  category: string,
  price: number,
  cost: number,
  dealUnits: number,
  demand: number,
];

/** Price and cost in whole units of a currency worth about one euro. */
const PRODUCTS: Row[] = [
  ['Thermo Sensor T2', 'SEN-T2', 'Sensors', 149, 66, 70, 10],
  ['Air Quality Sensor A5', 'SEN-A5', 'Sensors', 289, 129, 36, 8],
  ['Vibration Sensor V3', 'SEN-V3', 'Sensors', 420, 193, 26, 7],
  ['Edge Gateway G1', 'GTW-G1', 'Gateways', 890, 428, 12, 9],
  ['Edge Gateway G4 Pro', 'GTW-G4', 'Gateways', 2150, 1010, 7, 7],
  ['Mobile Gateway M2', 'GTW-M2', 'Gateways', 1290, 632, 8, 5],
  ['Fernhill Monitor', 'SOF-MON', 'Software', 2400, 940, 4, 10],
  ['Fernhill Analytics', 'SOF-ANA', 'Software', 4800, 1820, 3, 8],
  ['Fernhill Fleet', 'SOF-FLT', 'Software', 7900, 3240, 2.2, 5],
  ['Installation Day', 'SRV-INS', 'Services', 1180, 600, 4, 3],
  ['Calibration Visit', 'SRV-CAL', 'Services', 640, 320, 6, 3],
  ['Care Plan', 'SRV-CAR', 'Services', 1950, 960, 4, 4],
  ['Operator Course', 'TRN-OPR', 'Training', 590, 265, 7, 2],
  ['Administrator Course', 'TRN-ADM', 'Training', 980, 430, 4, 1.5],
];

/** `scale`: how many units of the company currency stand where the table says one. */
export function makeProducts(span: Span, scale: number): Product[] {
  const random = randomFor('products');
  return PRODUCTS.map(([name, sku, category, price, cost, dealUnits, demand]) => ({
    id: random.id((span.start - 300) * DAY_MS),
    name,
    sku,
    category,
    listPrice: price * scale * 100,
    unitCost: cost * scale * 100,
    dealUnits,
    demand,
  }));
}

/** What is sold along with a deal's main product. */
export function addOnsFor(products: Product[], lead: Product): Product[] {
  return products.filter(
    ({ category }) =>
      category !== lead.category && (category === 'Services' || category === 'Training' || lead.category === 'Sensors'),
  );
}
