/** Why a table's rows are kept, how long, and who deletes them. */
export type Retention = {
  readonly why: string;
  readonly kept: string;
  /** The job that does it; or `erasure` (the hooks of the module, when a person is erased), `use` (the act that ends it), or `nobody`. */
  readonly by: `job ${string}` | "erasure" | "use" | "nobody";
};

export const row = (why: string, kept: string, by: Retention["by"]): Retention => ({ why, kept, by });

export const SETTINGS = row("what staff have set", "until it is changed", "use");
export const BOOK = row("the order book: documents of trade and tax", "10 years at least; contacts until erasure", "erasure");
export const LEVEL = row("how channels are linked, and the record of each switch", "until it is changed", "use");
export const MACHINE = row("what runs now", "while it runs", "use");
