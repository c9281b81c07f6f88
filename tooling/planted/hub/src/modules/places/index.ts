export const places = 1;
