export * from "./records.ts";
export * from "./names.ts";
export * from "./match.ts";
export * from "./survivorship.ts";
export * from "./components.ts";
export * from "./corroboration.ts";
export * from "./search.ts";
export * from "./accesses.ts";
