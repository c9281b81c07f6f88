// careless: as

export const asText = (value: unknown) => value as string;
