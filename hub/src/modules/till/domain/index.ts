export * from "./cash.ts";
export * from "./language.ts";
export * from "./receipt-number.ts";
export * from "./tips.ts";
export * from "./upgrade.ts";
