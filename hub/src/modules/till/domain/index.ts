export * from "./cash.ts";
export * from "./language.ts";
export * from "./own-sale.ts";
export * from "./own-ticket.ts";
export * from "./receipt-number.ts";
export * from "./tips.ts";
export * from "./upgrade.ts";
