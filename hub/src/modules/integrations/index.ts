export { createSandboxProvider } from "./sandbox-provider.ts";
export { startSandboxWebhooks } from "./sandbox-job.ts";
