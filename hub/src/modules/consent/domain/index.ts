export * from "./contact.ts";
export * from "./decisions.ts";
export * from "./quiet.ts";
