export * from "./persona.ts";
