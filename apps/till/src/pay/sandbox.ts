/** What the sandbox's terminal will do: chosen in the demo, where no card is at hand. */
export const SANDBOX_TOKENS = [
  "sandbox_approve",
  "sandbox_decline",
  "sandbox_late_approve",
  "sandbox_time_out",
  "sandbox_refund_fails",
] as const;
export type SandboxToken = (typeof SANDBOX_TOKENS)[number];
