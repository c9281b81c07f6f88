/** Cards of the sandbox provider: each does what its outcome says. No real card is ever asked for. */
export const TEST_CARDS = [
  { number: "4000 0000 0000 0002", outcome: "approve", token: "sandbox_approve" },
  { number: "4000 0000 0000 0010", outcome: "decline", token: "sandbox_decline" },
  { number: "4000 0000 0000 0028", outcome: "time_out", token: "sandbox_time_out" },
  { number: "4000 0000 0000 0036", outcome: "late", token: "sandbox_late_approve" },
  { number: "4000 0000 0000 0044", outcome: "bank", token: "sandbox_3ds" },
  { number: "4000 0000 0000 0069", outcome: "authorize", token: "sandbox_authorize" },
  { number: "4000 0000 0000 0051", outcome: "refund_fails", token: "sandbox_refund_fails" },
  { number: "4000 0000 0000 0259", outcome: "dispute", token: "sandbox_dispute" },
] as const;
