/** Something that is true of the data at every moment. `sql` selects each violating row as `example text`, ids only; no row is the good answer. */
export type Invariant = { readonly name: string; readonly description: string; readonly sql: string };
