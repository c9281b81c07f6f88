/** The verifier is written to be read alone, in JavaScript; this is what tests use of it. */
export function openZip(path: string): Promise<{ readonly path: string; readonly files: ReadonlyMap<string, unknown> }>;
export function textOf(zip: { readonly path: string; readonly files: ReadonlyMap<string, unknown> }, name: string): Promise<string>;
