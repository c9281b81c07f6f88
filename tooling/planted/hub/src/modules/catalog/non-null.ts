// careless: non-null

export const first = (values: string[]) => values[0]!;
