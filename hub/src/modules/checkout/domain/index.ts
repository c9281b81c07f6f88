export * from "./sale.ts";
export * from "./gift-cards.ts";
export * from "./judge-sale.ts";
export * from "./plan-sale.ts";
export * from "./cancel-units.ts";
export * from "./plan-change.ts";
export { deliveryLine, planAddedLines, planQuotedLines } from "./plan-lines.ts";
export * from "./plan-parcels.ts";
export * from "./plan-slot.ts";
