/** A place in a source file that is against a rule of the house. */
export type Finding<Rule extends string = string> = {
  readonly rule: Rule;
  readonly path: string;
  readonly line: number;
  readonly detail: string;
};
