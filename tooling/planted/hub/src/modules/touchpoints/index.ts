export const touchpoints = 1;
