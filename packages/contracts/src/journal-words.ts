/** T tickets, P payments, I invoices, B bills, G grand totals, L log, A archives, C copies, X training; known to apps that carry no schemas. */
export const JOURNAL_CHAINS = ["T", "P", "I", "B", "G", "L", "A", "C", "X"] as const;
