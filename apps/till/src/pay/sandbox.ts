/** What the sandbox's terminal will do: chosen in the demo, where no card is at hand. */
export const SANDBOX_TOKENS = ["sandbox_approve", "sandbox_decline", "sandbox_late_approve", "sandbox_time_out"] as const;
export type SandboxToken = (typeof SANDBOX_TOKENS)[number];
