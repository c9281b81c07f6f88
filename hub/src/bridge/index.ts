export { readBridgeConfig } from "./config.ts";
export { serveSimulatedBridge } from "./simulated.ts";
export { startBridge } from "./start.ts";
