export const availableByPlace = 1;
