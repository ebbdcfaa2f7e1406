export { salesByIds } from './booked-sales.ts';
export { costsBefore } from './booking.repository.ts';
export { bookSales, unbookSales } from './booking.service.ts';
export type { Booking, BookingLine } from './booking.ts';
export { saleItem, saleJoins, spendItem, spendJoins } from './sale.sql.ts';
export { salesRoutes } from './sales.routes.ts';
export { spendScope } from './spend.repository.ts';
