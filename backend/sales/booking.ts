/** One line of a won opportunity; quantity, amount and cost are decimal strings, amount and cost in `currency`. */
export interface BookingLine {
  productId: string | null;
  quantity: string;
  /** net amount of the line */
  amount: string;
  /** cost of the whole line; null: not known */
  cost: string | null;
  currency: string;
}

/** A won opportunity with what was sold. */
export interface Booking {
  opportunity: {
    id: string;
    accountId: string | null;
    leadId: string | null;
    ownerId: string | null;
    teamId: string | null;
    region: string | null;
    source: string | null;
    segment: string | null;
    campaign: string | null;
    productCategory: string | null;
  };
  /** business day of the sale, `YYYY-MM-DD` */
  soldOn: string;
  lines: readonly BookingLine[];
}
