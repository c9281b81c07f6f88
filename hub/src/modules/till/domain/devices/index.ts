export * from "./printer-simulator.ts";
