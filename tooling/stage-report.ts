/** What failed, with the first lines of why. */
export type Failure = { readonly name: string; readonly why: string };

/** What a part of `npm test` leaves behind: its counts for the closing line, and its failures for the lines before it. */
export type StageReport = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: number;
  readonly failures: readonly Failure[];
};
