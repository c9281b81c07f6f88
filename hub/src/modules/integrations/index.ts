export { createSandboxProvider } from "./sandbox-provider.ts";
export { startSandboxWebhooks } from "./sandbox-job.ts";
export { smtpMail } from "./smtp.ts";
export { serveOutbox } from "./outbox-page.ts";
export * from "./import/index.ts";
export * from "./files/index.ts";
export * from "./products/index.ts";
