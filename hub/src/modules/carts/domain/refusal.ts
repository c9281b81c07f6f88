/** Why an operation is not applied. */
export type Refusal = { readonly code: string; readonly data: Record<string, unknown> };

export const refused = (code: string, data: Record<string, unknown> = {}): { readonly refusal: Refusal } => ({ refusal: { code, data } });
