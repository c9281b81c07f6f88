/** An expected failure: a stable code and the data that explains it. What RFC 9457 means by these names is the edge's to say. */
export type CodedError = {
  readonly code: string;
  readonly type?: never;
  readonly title?: never;
  readonly status?: never;
  readonly requestId?: never;
};

/** What the edge needs to know of one error code. */
export type ProblemRow = { readonly status: number; readonly title: string };

/** One row per code of an error union; a code without a row does not compile. */
export type Problems<E extends CodedError> = { readonly [Code in E["code"]]: ProblemRow };

/** RFC 9457 problem details as the API sends them, with the error's own fields beside. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly requestId?: string;
  readonly errors?: readonly FieldProblem[];
  readonly [field: string]: unknown;
};

/** One field that validation refused: a JSON pointer, a stable code and a sentence. */
export type FieldProblem = { readonly path: string; readonly code: string; readonly message: string };
