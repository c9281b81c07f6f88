export const promises = 1;
