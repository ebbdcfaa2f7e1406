export { type Booking, type BookingLine, bookSales, unbookSales } from './booking.service.ts';
