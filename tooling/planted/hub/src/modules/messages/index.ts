export const messages = 1;
